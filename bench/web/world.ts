import { type BrowserPerson, cookieOf, createBrowserPerson } from "@/e2e/support/browser-session";
import { openCluster } from "@/e2e/support/cluster";
import { createDatabase, query } from "@/e2e/support/database";
import { insertManyTasks } from "@/e2e/support/many-tasks";
import { type Server, startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";

const TASKS = 1_000;

export type World = {
  url: string;
  server: Server;
  person: BrowserPerson;
  cookie: string;
  taskId: string;
  close(): Promise<void>;
};

/** A server as `npm start` runs it, on a database of its own, and somebody with 250 tasks in every quadrant. */
export async function openWorld(): Promise<World> {
  await build();
  const cluster = await openCluster();
  const database = await createDatabase();
  const server = await startServer({ databaseUrl: database.url, driver: "pg" });
  const person = await createBrowserPerson(database.url);
  await insertManyTasks(database.url, person.id, TASKS);
  const [task] = await query<{ id: string }>(
    database.url,
    "select id from tasks where not is_completed order by position limit 1",
  );
  return {
    url: server.url,
    server,
    person,
    cookie: cookieOf(person.token),
    taskId: task?.id ?? "",
    close: async () => {
      await server.stop();
      await cluster.close();
    },
  };
}
