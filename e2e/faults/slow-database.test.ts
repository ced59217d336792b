import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createPerson, type Person } from "@/e2e/factories";
import { query } from "@/e2e/support/database";
import {
  type Answer,
  ask,
  createPeople,
  createTask,
  durationMs,
  isUnavailable,
  repeat,
  usualMs,
} from "@/e2e/support/load";
import { build } from "@/scripts/launch/build";
import { serve } from "./serve";

/** What a request may take on a busy machine beyond what it waits for. */
const MARGIN_MS = 750;

/** What a request that waits for nothing may take. */
const QUICK_MS = 500;

const PAUSE_MS = 20;

const LONG_MS = "20000";

beforeAll(() => build(), 300_000);

/** Locks what every write of these people needs, as somebody at a console may do; returns how to let go. */
async function hold(databaseUrl: string, people: readonly Person[]): Promise<() => Promise<void>> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  let ending: Promise<void> | undefined;
  const release = () => {
    ending ??= client.end();
    return ending;
  };
  onTestFinished(release);
  const ids = people.map(({ id }) => id);
  await client.query("set idle_in_transaction_session_timeout = 0; begin");
  await client.query("select from spaces where id = any($1) for update", [ids]);
  return release;
}

/** Lets no insert of these people end. */
async function stall(databaseUrl: string, people: readonly Person[]): Promise<void> {
  const ids = people.map(({ id }) => `'${id}'`).join();
  await query(
    databaseUrl,
    `create function stall() returns trigger language plpgsql as
     $$ begin perform pg_sleep(60); return new; end $$`,
  );
  await query(
    databaseUrl,
    `create trigger stall before insert on tasks for each row
     when (new.space_id in (${ids})) execute function stall()`,
  );
}

describe("when the database is slow", { timeout: 120_000 }, () => {
  test("503 in the time a connection may take while none is free, 200 from /health, and service when one is", async () => {
    const connectTimeoutMs = 1_000;
    const { url, databaseUrl } = await serve({
      DATABASE_POOL_MAX: "2",
      DATABASE_CONNECT_TIMEOUT_MS: String(connectTimeoutMs),
      DATABASE_LOCK_TIMEOUT_MS: LONG_MS,
      DATABASE_STATEMENT_TIMEOUT_MS: LONG_MS,
    });
    const holders = await createPeople(databaseUrl, 2);
    const reader = await createPerson(databaseUrl);
    const writer = await createPerson(databaseUrl);
    expect(await ask(url, reader)).toMatchObject({ status: 200 });
    const release = await hold(databaseUrl, holders);
    const stuck = holders.map((person) => ask(url, createTask(person, "Milk")));
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await expect.poll(() => query(databaseUrl, waiting)).toHaveLength(2);

    const refusals: Answer[] = [];
    const stop = repeat([
      async () => refusals.push(await ask(url, reader)),
      async () => refusals.push(await ask(url, createTask(writer, "Bread"))),
    ]);
    const live: Answer[] = [];
    await expect
      .poll(async () => live.push(await ask(url, { path: "/health" })) && refusals.length, {
        timeout: 20_000,
      })
      .toBeGreaterThan(4);
    await stop();
    await release();

    expect(refusals.filter((answer) => !isUnavailable(answer))).toEqual([]);
    expect(Math.max(...refusals.map(durationMs))).toBeLessThan(connectTimeoutMs + MARGIN_MS);
    expect(live.filter(({ status }) => status !== 200)).toEqual([]);
    expect(usualMs(live)).toBeLessThan(QUICK_MS);
    for (const answer of await Promise.all(stuck)) expect(answer.status).toBe(201);
    expect(await ask(url, reader)).toMatchObject({ status: 200 });
    expect(await ask(url, createTask(writer, "Bread"))).toMatchObject({ status: 201 });
  });

  test.each([
    { name: "a lock that somebody holds", timeoutMs: 2_000, slow: hold },
    { name: "a statement that does not end", timeoutMs: 2_500, slow: stall },
  ])("503 for $name after its timeout, and nobody else waits", async ({ slow, timeoutMs }) => {
    const { url, databaseUrl } = await serve();
    const unlucky = await createPeople(databaseUrl, 4);
    const others = await createPeople(databaseUrl, 3);
    await Promise.all(unlucky.map((person) => ask(url, person)));
    await slow(databaseUrl, unlucky);
    const answers: Answer[] = [];
    const stop = repeat(
      others.map((person) => async () => {
        answers.push(await ask(url, person), await ask(url, createTask(person, "Bread")));
        await sleep(PAUSE_MS);
      }),
    );
    onTestFinished(stop);
    const refusals = await Promise.all(unlucky.map((person) => ask(url, createTask(person, "Milk"))));
    await stop();

    expect(refusals.filter((answer) => !isUnavailable(answer))).toEqual([]);
    expect(Math.min(...refusals.map(durationMs))).toBeGreaterThan(timeoutMs - MARGIN_MS);
    expect(Math.max(...refusals.map(durationMs))).toBeLessThan(timeoutMs + 2 * MARGIN_MS);
    expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
    expect(answers.length).toBeGreaterThan(50);
    expect(usualMs(answers)).toBeLessThan(QUICK_MS);
    expect(await query(databaseUrl, "select from tasks where title = 'Milk'")).toEqual([]);
  });
});
