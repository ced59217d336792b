import { createPerson } from "../../factories";
import { expect, test } from "../../fixtures";
import { createDatabase } from "../../support/database";
import { startServer } from "../../support/server";
import { openStatementCounter } from "../../support/statement-counter";

const TASKS = "/api/v1/tasks";
const ID = "0190a000-0000-7000-8000-000000000001";
const TASK = `${TASKS}/${ID}`;

type Step = [method: string, path: string, body: object | null, status: number, key?: string];

/** In this order, by one person: what each asks of the database. */
const once: Step[] = [
  ["POST", TASKS, { id: ID, title: "First" }, 201],
  ["POST", TASKS, { id: ID, title: "Again" }, 409],
  ["GET", TASKS, null, 200],
  ["GET", `${TASKS}?completed=false&q=first&sort_by=due_datetime&limit=1`, null, 200],
  ["GET", `${TASKS}?q=nowhere`, null, 200],
  ["GET", TASK, null, 200],
  ["PATCH", TASK, { priority: "urgent_important" }, 200],
  ["PATCH", TASK, { priority: "urgent_important" }, 200],
  ["PUT", TASK, { title: "Second" }, 200],
  ["PATCH", TASK, { title: "Stale", version: 1 }, 412],
  ["PATCH", `${TASK}/complete`, { completed: true }, 200],
  ["POST", TASKS, { title: "Keyed" }, 201, "first use"],
  ["POST", TASKS, { title: "Keyed" }, 201, "first use"],
  ["PATCH", TASK, { title: "Keyed" }, 200, "second use"],
  ["PATCH", TASK, { title: "Keyed" }, 200, "second use"],
  ["DELETE", TASK, null, 204],
  ["DELETE", TASK, null, 404],
  ["GET", TASK, null, 404],
];

test("every read and every write of a task is one statement, with an Idempotency-Key too", async ({
  driver,
}) => {
  test.setTimeout(45_000);
  const database = await createDatabase();
  const target = new URL(database.url);
  const counter = await openStatementCounter({ host: target.hostname, port: Number(target.port) });
  target.port = String(counter.port);
  const server = await startServer({ databaseUrl: target.toString(), driver });
  const send = (token: string, [method, path, body, , key]: Step) =>
    fetch(server.url + path, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(key && { "idempotency-key": key }),
      },
    });
  const counts = once.map(() => Number.POSITIVE_INFINITY);
  // Once a second one request or other also starts a look for ended sessions, whoever asks: so the least of three counts.
  for (let round = 0; round < 3; round += 1) {
    const { token } = await createPerson(database.url);
    await send(token, ["GET", TASKS, null, 200]);
    for (const [index, step] of once.entries()) {
      const before = counter.statements();
      const { status } = await send(token, step);
      expect([...step.slice(0, 2), status]).toEqual([...step.slice(0, 2), step[3]]);
      counts[index] = Math.min(counts[index] ?? 0, counter.statements() - before);
    }
  }
  expect(once.map(([method, path], index) => [method, path, counts[index]])).toEqual(
    once.map(([method, path]) => [method, path, 1]),
  );
  await server.stop();
  await counter.close();
  await database.drop();
});
