import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createPerson, type Person } from "@/e2e/factories";
import { clusterUrl, query } from "@/e2e/support/database";
import { ask, createTask, isUnavailable } from "@/e2e/support/load";
import { openMortalDatabase } from "@/e2e/support/mortal-database";
import { startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";
import { serve } from "./serve";

/** A file of the log, which PostgreSQL must be able to write whatever else it cannot. */
const SEGMENT_BYTES = 16 * 2 ** 20;

beforeAll(() => build(), 300_000);

/** So long that it takes new pages, whatever room the others left. */
const createLongTask = ({ token }: Person) => ({
  path: "/api/v1/tasks",
  method: "POST",
  token,
  body: { title: "Milk", description: randomBytes(20_000).toString("hex") },
});

/** Makes the log of changes larger than any other file may have to become; returns how large. */
async function fill(databaseUrl: string): Promise<number> {
  const { id } = await createPerson(databaseUrl);
  await query(databaseUrl, "alter table changes alter column after set storage external");
  await query(
    databaseUrl,
    `insert into changes (space_id, seq, group_id, entity, entity_id, op, version, at, after, actor_id)
     select $1, n, $1, 'task', $1, 'create', 1, now(), to_jsonb(repeat('x', 50000)), $1
     from generate_series(1, 400) n`,
    [id],
  );
  const [largest] = await query<{ bytes: number }>(
    databaseUrl,
    "select max(pg_relation_size(oid))::int as bytes from pg_class where relkind in ('r', 't', 'i')",
  );
  return largest?.bytes ?? 0;
}

const countOf = (databaseUrl: string) => query(databaseUrl, "select count(*)::int as tasks from tasks");

async function expectReadsAlone(url: string, databaseUrl: string, person: Person) {
  const before = await countOf(databaseUrl);
  for (let n = 0; n < 12; n += 1) {
    const refusal = await ask(url, createLongTask(person));
    expect(isUnavailable(refusal), refusal.text).toBe(true);
    expect(await ask(url, person)).toMatchObject({ status: 200 });
    expect(await ask(url, { path: "/health/ready" })).toMatchObject({ status: 200 });
  }
  expect(await countOf(databaseUrl)).toEqual(before);
}

describe("503 for writes while reads go on, and service when the reason is gone", {
  timeout: 120_000,
}, () => {
  test.runIf(process.platform === "linux")("on a full disk", async () => {
    const database = await openMortalDatabase();
    onTestFinished(database.close);
    const { url, stop } = await startServer({ databaseUrl: database.url, driver: "pg" });
    onTestFinished(stop);
    const person = await createPerson(database.url);
    const bytes = await fill(database.url);
    expect(bytes).toBeGreaterThan(SEGMENT_BYTES);
    await database.limitFiles(bytes);
    const write = async () => (await ask(url, createLongTask(person))).status;
    await expect.poll(write, { timeout: 5_000 }).not.toBe(201);
    await expectReadsAlone(url, database.url, person);
    await database.limitFiles("unlimited");
    expect(await ask(url, createLongTask(person))).toMatchObject({ status: 201 });
  });

  test("in a database that became read-only", async () => {
    const { url, databaseUrl } = await serve();
    const person = await createPerson(databaseUrl);
    expect(await ask(url, createTask(person, "Milk"))).toMatchObject({ status: 201 });
    const name = new URL(databaseUrl).pathname.slice(1);
    const setReadOnly = (value: "on" | "off") =>
      query(clusterUrl(), `alter database ${name} set default_transaction_read_only = ${value}`);
    await setReadOnly("on");
    // Sessions keep what they began with.
    await query(
      databaseUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await expectReadsAlone(url, databaseUrl, person);
    await setReadOnly("off");
    // As many at once as there may be sessions, so that each of them has to be one that writes.
    const writeAtOnce = async () => {
      const tasks = Array.from({ length: 10 }, () => ask(url, createTask(person, "Milk")));
      return new Set((await Promise.all(tasks)).map(({ status }) => status));
    };
    await expect.poll(writeAtOnce, { timeout: 5_000 }).toEqual(new Set([201]));
  });
});
