import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { ctxOf, newSpace, SyncClient } from "@/e2e/support/sync-client";
import { type Client, limit, type Step, scripts, step } from "@/e2e/support/sync-steps";
import { type Ctx, transaction } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { exportAll } from "@/lib/export/export";
import { purge } from "@/lib/jobs/purge";
import { syncChanges } from "@/lib/sync/sync";
import { encodeSyncToken, type SyncPoint } from "@/lib/sync/token";
import { listTasks } from "@/lib/tasks/list-tasks";
import type { Task } from "@/lib/tasks/row";
import { createTask, deleteTask, restoreTask, updateTask } from "@/lib/tasks/tasks";
import { purgeTask } from "@/lib/trash/trash";

const PROCESSES = 3;
const RUNS = 500;
const RUNS_WITH_PURGE = 150;
const RUNS_AT_REST = 30;

let home: Awaited<ReturnType<typeof createDatabase>>;
let processes: Database[];

beforeAll(async () => {
  home = await createDatabase();
  const options = { url: home.url, poolMax: 2, connectTimeoutMs: 10_000, statementTimeoutMs: 20_000 };
  processes = Array.from({ length: PROCESSES }, () => connect(options));
});

afterAll(async () => {
  await Promise.all(processes.map((database) => database.close()));
  await home.drop();
});

function processAt(index: number): Database {
  const process = processes[index % PROCESSES];
  if (!process) throw new Error("There is no process.");
  return process;
}

/** The user as the process sees him that this client happens to reach. */
const through = (index: number, spaceId: string) => ctxOf(processAt(index), spaceId);

/** All at once, each step by step. */
async function run(spaceId: string, scripts: Step[][], meanwhile: () => Promise<void> = async () => {}) {
  const made: string[] = [];
  const clients = scripts.map((_, process): Client => {
    const ctx = () => through(process, spaceId);
    return { ctx, made, sync: new SyncClient(ctx()) };
  });
  const play = async (client: Client, script: Step[]) => {
    for (const step of script) await step(client);
  };
  await Promise.all([meanwhile(), ...clients.map((client, index) => play(client, scripts[index] ?? []))]);
  await Promise.all(clients.map(({ sync }, index) => sync.catchUp(1 + index)));
  return clients.map(({ sync }) => sync);
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

async function liveTasks(ctx: Ctx) {
  const query = { sortBy: "created_at", sortOrder: "desc", limit: 100, count: true } as const;
  const { tasks, totalCount } = await listTasks(ctx, query);
  expect(totalCount).toBe(tasks.length);
  return tasks.sort(byId);
}

type Ledger = {
  seq: number;
  live_count: number;
  trashed_count: number;
  tasks: Record<string, unknown>[];
  changes: {
    seq: number;
    op: string;
    entity_id: string;
    version: number;
    at: string;
    after: Record<string, unknown>;
  }[];
};

async function ledgerOf({ db, actor }: Ctx): Promise<Ledger> {
  const { rows } = await db.execute<Ledger>(sql`
    select seq::int, live_count, trashed_count,
      (select coalesce(json_agg(to_jsonb(t) - 'search' order by t.id), '[]') from tasks t where t.space_id = s.id) as tasks,
      (select coalesce(json_agg(c order by c.seq), '[]') from changes c where c.space_id = s.id) as changes
    from spaces s where id = ${actor.spaceId}`);
  if (!rows[0]) throw new Error("There is no such space.");
  return rows[0];
}

/** The log alone, from its first entry to its last, makes the tasks as they are. */
function replayed({ changes }: Ledger) {
  const tasks = new Map<string, Record<string, unknown>>();
  for (const { op, entity_id, version, at, after } of changes) {
    if (op === "purge") tasks.delete(entity_id);
    else tasks.set(entity_id, { ...tasks.get(entity_id), ...after, version, updated_at: at });
  }
  return [...tasks.keys()].sort().map((id) => tasks.get(id));
}

function expectCounted({ tasks, live_count, trashed_count }: Ledger) {
  const trashed = tasks.filter(({ deleted_at }) => deleted_at !== null).length;
  expect({ live_count, trashed_count }).toEqual({
    live_count: tasks.length - trashed,
    trashed_count: trashed,
  });
}

test("every client ends with what the database has, whatever all of them write and read at once", async () => {
  const property = fc.asyncProperty(scripts, async (scripts) => {
    const spaceId = await newSpace(processAt(0));
    const clients = await run(spaceId, scripts);
    const truth = await liveTasks(through(0, spaceId));
    for (const { tasks, restarts } of clients)
      expect({ tasks, restarts }).toEqual({ tasks: truth, restarts: 0 });
    const ledger = await ledgerOf(through(0, spaceId));
    expectCounted(ledger);
    expect(ledger.changes.map(({ seq }) => seq)).toEqual(Array.from({ length: ledger.seq }, (_, n) => n + 1));
    expect(replayed(ledger)).toEqual(ledger.tasks);
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
}, 240_000);

/** The purge takes the changes up to a part of them, and all of the trash. */
async function purgeAsIfLater(ctx: Ctx, part: number) {
  await ctx.db.execute(sql`
    with held as materialized (select id, seq from spaces where id = ${ctx.actor.spaceId} for no key update),
    trash as (
      update tasks t set deleted_at = t.deleted_at - interval '31 days' from held
      where t.space_id = held.id and t.deleted_at is not null)
    update changes c set at = c.at - interval '46 days' from held
    where c.space_id = held.id and c.seq <= held.seq * ${part}::float8`);
  await purge(ctx);
}

test("so it does while a purge runs: who comes too late starts again, and gets there", async () => {
  let restarts = 0;
  const parts = fc.array(fc.constantFrom(0, 0.3, 0.6, 0.9, 1), { minLength: 1, maxLength: 4 });
  const property = fc.asyncProperty(scripts, parts, async (scripts, parts) => {
    const spaceId = await newSpace(processAt(0));
    const clients = await run(spaceId, scripts, async () => {
      for (const part of parts) await purgeAsIfLater(through(2, spaceId), part);
    });
    const truth = await liveTasks(through(0, spaceId));
    for (const { tasks } of clients) expect(tasks).toEqual(truth);
    expectCounted(await ledgerOf(through(0, spaceId)));
    for (const client of clients) restarts += client.restarts;
  });
  await fc.assert(property, { numRuns: RUNS_WITH_PURGE, endOnFailure: true });
  expect(restarts).toBeGreaterThan(RUNS_WITH_PURGE / 10);
}, 240_000);

test("sync from zero is every page of the list, and is the export's tasks", async () => {
  const script = fc.array(step, { minLength: 10, maxLength: 25, size: "max" });
  const property = fc.asyncProperty(script, limit, async (script, limit) => {
    const spaceId = await newSpace(processAt(0));
    const ctx = through(0, spaceId);
    await run(spaceId, [script]);
    const client = new SyncClient(ctx);
    await client.catchUp(limit);
    const listed: Task[] = [];
    const query = { sortBy: "title", sortOrder: "asc", limit, count: false } as const;
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { tasks, nextCursor } = await listTasks(ctx, { ...query, cursor });
      listed.push(...tasks);
      cursor = nextCursor;
    }
    expect(client.tasks).toEqual(listed.sort(byId));
    const exported: unknown[] = [];
    for await (const [name, part] of exportAll(ctx))
      if (name === "tasks") exported.push(...(part as unknown[]));
    expect(client.tasks).toEqual(exported);
  });
  await fc.assert(property, { numRuns: RUNS_AT_REST });
}, 60_000);

describe("410, which starts a client anew, is for", () => {
  const pointsOf = (spaceId: string) => ({
    "a token of before the floor": { seq: 3, after: null },
    "a page of a full sync that began before the floor": { seq: 3, after: spaceId },
    "a token of a later time than the database, put back from a copy, has reached": { seq: 9, after: null },
  });

  test.each(Object.keys(pointsOf("")))("%s", async (name) => {
    const spaceId = await newSpace(processAt(0));
    const ctx = through(0, spaceId);
    await ctx.db.execute(sql`update spaces set seq = 8, floor_seq = 4 where id = ${spaceId}`);
    const point = Object.entries(pointsOf(spaceId)).find(([key]) => key === name)?.[1];
    const pull = (point: SyncPoint) =>
      syncChanges(
        ctx,
        { token: encodeSyncToken(spaceId, point), limit: 5, wait: 0 },
        new AbortController().signal,
      );
    await expect(pull(point ?? { seq: 0, after: null })).rejects.toMatchObject({
      code: "sync_token_expired",
    });
    for (const good of [
      { seq: 4, after: null },
      { seq: 4, after: spaceId },
      { seq: 8, after: null },
    ])
      await expect(pull(good)).resolves.toBeDefined();
  });
});

/** Resolves once somebody waits for a lock in this database. */
async function untilSomebodyWaits({ db }: Ctx) {
  for (;;) {
    const { rows } = await db.execute(
      sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await db.execute(sql`select pg_stat_clear_snapshot(), pg_sleep(0.01)`);
  }
}

describe("a write that had to wait goes by what the write before it left:", () => {
  test.each([
    ["a restore", restoreTask],
    ["a deletion for good", purgeTask],
  ])("%s, and the deletion", async (_, verb) => {
    const spaceId = await newSpace(processAt(0));
    const { id } = await createTask(through(0, spaceId), { title: "New" });
    const waiting = await transaction(through(0, spaceId), async (ctx) => {
      await deleteTask(ctx, id);
      const settled = Promise.allSettled([verb(through(1, spaceId), id)]);
      await untilSomebodyWaits(ctx);
      return { settled };
    });
    expect(await waiting.settled).toMatchObject([{ status: "fulfilled", value: { id, version: 3 } }]);
    expectCounted(await ledgerOf(through(0, spaceId)));
  });

  test("an all-day mark, and the day", async () => {
    const spaceId = await newSpace(processAt(0));
    const { id } = await createTask(through(0, spaceId), { title: "New" });
    const waiting = await transaction(through(0, spaceId), async (ctx) => {
      await updateTask(ctx, id, { dueDatetime: new Date("2026-05-01T00:00:00Z") });
      const settled = Promise.allSettled([updateTask(through(1, spaceId), id, { dueAllDay: true })]);
      await untilSomebodyWaits(ctx);
      return { settled };
    });
    expect(await waiting.settled).toMatchObject([{ status: "fulfilled", value: { dueAllDay: true } }]);
  });
});
