import { spawn } from "node:child_process";
import { once } from "node:events";
import { openCluster } from "@/e2e/support/cluster";
import { createDatabase, query } from "@/e2e/support/database";
import { insertManyTasks } from "@/e2e/support/many-tasks";
import { insertPerson } from "@/e2e/support/person";
import { freePort, startServer } from "@/e2e/support/server";
import { accessFor } from "@/lib/auth/grants";
import { issueRefreshToken } from "@/lib/auth/refresh-tokens";
import { encodeSyncToken } from "@/lib/sync/token";
import { build } from "@/scripts/launch/build";
import { Connection } from "../load/connection";
import { cursorAt } from "./cursor";
import type { Owner, Person } from "./endpoints";

const PEOPLE = 32;
const TASKS = 200;
const TASKS_OF_OWNER = 20_000;
/** One statement has not long. */
const AT_ONCE = 1_000;

export const SERVERS = ["floor", "direct", "next"] as const;

export type ServerName = (typeof SERVERS)[number];

export type World = {
  people: Person[];
  owner: Owner;
  servers: Record<ServerName, { url: string; pid: number }>;
  close(): Promise<void>;
};

/** One database, and the three servers on it, each a process of its own with as many connections to it. */
export async function openWorld(): Promise<World> {
  await build();
  const cluster = await openCluster();
  const { url: databaseUrl } = await createDatabase();
  const common = { databaseUrl, driver: "pg", isUnheard: true } as const;
  const direct = await startServer({ ...common, dispatch: "direct" });
  const next = await startServer({ ...common, dispatch: "next" });
  const people: Person[] = [];
  while (people.length < PEOPLE) people.push(await createPerson(databaseUrl, TASKS));
  const rich = await createPerson(databaseUrl, TASKS_OF_OWNER);
  await query(databaseUrl, "vacuum (analyze)");
  const owner = { ...rich, cursor: await cursorInTheMiddle(direct.url, rich.token) };
  const floor = await startFloor(databaseUrl, owner.cursor);
  const close = async () => {
    await Promise.all([floor.stop(), direct.stop(), next.stop()]);
    await cluster.close();
  };
  return { people, owner, servers: { floor, direct, next }, close };
}

const TOKEN_SECONDS = 3_600;

export async function createPerson(databaseUrl: string, tasks: number): Promise<Person> {
  const person = await insertPerson(databaseUrl, "api");
  const { id: spaceId, sessionId: id, email } = person;
  for (let made = 0; made < tasks; made += AT_ONCE)
    await insertManyTasks(databaseUrl, spaceId, Math.min(AT_ONCE, tasks));
  const rows = await query<{ id: string }>(
    databaseUrl,
    "select id from tasks where space_id = $1 and not is_completed limit 200",
    [spaceId],
  );
  const later = new Date(Date.now() + TOKEN_SECONDS * 1000);
  const session = { id, userId: spaceId, email, name: null, kind: "api", generation: 0 } as const;
  const times = { authenticatedAt: new Date(), idleExpiresAt: later, absoluteExpiresAt: later };
  const { accessToken } = await accessFor({ ...session, ...times }, TOKEN_SECONDS);
  return {
    spaceId,
    token: accessToken,
    refreshToken: issueRefreshToken({ sessionId: id, generation: 0 }),
    taskIds: rows.map((row) => row.id),
    syncToken: encodeSyncToken(spaceId, { seq: 1, after: null }),
    turn: 0,
  };
}

async function cursorInTheMiddle(url: string, token: string): Promise<string> {
  const connection = await Connection.open(url);
  const cursor = await cursorAt(connection, token, TASKS_OF_OWNER / 2);
  connection.close();
  return cursor;
}

async function startFloor(databaseUrl: string, cursor: string) {
  const port = await freePort();
  const environment = { HOST: "127.0.0.1", PORT: String(port), DATABASE_URL: databaseUrl, CURSOR: cursor };
  const child = spawn(process.execPath, ["scripts/run.mjs", "bench/api/floor.ts"], {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(() => Promise.reject(new Error("The floor ended."))),
  ]);
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
}
