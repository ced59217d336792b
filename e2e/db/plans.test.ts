import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { readOpenTasks } from "@/lib/sync/snapshot";
import { syncChanges } from "@/lib/sync/sync";
import { decodeSyncToken, encodeSyncToken } from "@/lib/sync/token";
import { listTasks, type TaskFilter, type TaskListQuery } from "@/lib/tasks/list-tasks";
import { SORTS } from "@/lib/tasks/sorts";
import { completeTask, createTask, deleteTask, findTask, updateTask } from "@/lib/tasks/tasks";
import type { Write } from "@/lib/write";
import { createDatabase, query } from "../support/database";

const LARGE = "00000000-0000-7000-8000-000000000001";
const SMALL = "00000000-0000-7000-8000-000000000002";

/**
 * 50,000 tasks: 450 people with 100 each and one with 5,000. Smaller tables are read whole whatever indexes they have,
 * and rightly so, and so is a table of which one person has a large part.
 */
const LOAD = `
  set statement_timeout = 0;
  -- It would count among the scans: for a BRIN index it reads the table from time to time.
  alter table tasks set (autovacuum_enabled = false);
  alter table changes set (autovacuum_enabled = false);
  alter table idempotency_keys set (autovacuum_enabled = false);
  create temporary table people as
    select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
      case n when 1 then 5000 else 100 end as size from generate_series(1, 451) n;
  insert into users (id, email) select id, id || '@example.org' from people;
  insert into spaces (id, owner_id, live_count, seq) select id, id, size, size from people;
  insert into tasks (space_id, id, title, due_datetime, priority, is_sorted, position, is_completed, completed_at,
      created_at, updated_at)
    select id, gen_random_uuid(), 'Task ' || n, case when n % 3 > 0 then now() + n * interval '1 hour' end, 1 + n % 4,
      true, 'a' || lpad(n::text, 5, '0') || 'V', n % 2 = 0, case when n % 2 = 0 then now() end,
      now() - n * interval '1 minute', now() - n * interval '1 second'
    from people, generate_series(1, size) n order by random();
  insert into changes (space_id, seq, group_id, entity, entity_id, op, version, at, after, actor_id)
    select id, n, gen_random_uuid(), 'task', gen_random_uuid(), 'create', 1, now(), '{}', id
    from people, generate_series(1, size) n;
  insert into idempotency_keys (space_id, key, fingerprint, row, created_at)
    select id, 'key ' || n, '', '{}', now() from people, generate_series(1, size) n;
  analyze;`;

const filters: Record<string, TaskFilter> = {
  none: {},
  priority: { priority: "urgent_important" },
  completed: { completed: false },
  sorted: { sorted: true },
  due: { dueAfter: new Date(), dueBefore: new Date(Date.now() + 86_400_000) },
  updatedSince: { updatedSince: new Date(Date.now() - 60_000) },
  q: { q: "task 17" },
  all: { priority: "urgent_important", completed: true, sorted: true, updatedSince: new Date(0), q: "task" },
};

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;

beforeAll(async () => {
  home = await createDatabase();
  await query(home.url, LOAD);
  // The counters are a backend's own until it hands them over, so all runs on one.
  database = connect({ url: home.url, poolMax: 1, connectTimeoutMs: 2_000, statementTimeoutMs: 10_000 });
}, 60_000);

afterAll(async () => {
  await database.close();
  await home.drop();
});

const ctxOf = (spaceId: string, write?: Write): Ctx => ({
  actor: { userId: spaceId, spaceId, sessionId: spaceId, authenticatedAt: new Date(), scopes: [] },
  db: database.db,
  write,
});

type Counted = { name: string; scans: number; rows: number };

async function count(): Promise<Counted[]> {
  await database.db.execute(sql`select pg_stat_force_next_flush()`);
  const { rows } = await database.db.execute<Counted>(
    sql`select relname as name, seq_scan::int as scans, (seq_tup_read + idx_tup_fetch)::int as rows
      from pg_stat_user_tables where relname in ('changes', 'idempotency_keys', 'tasks') order by relname`,
  );
  return rows;
}

/** What the work reads of each table: how often all of it, and how many rows. */
async function readsOf(work: () => Promise<unknown>): Promise<Counted[]> {
  const before = await count();
  await work();
  const after = await count();
  return after.map(({ name, scans, rows }, index) => ({
    name,
    scans: scans - (before[index]?.scans ?? 0),
    rows: rows - (before[index]?.rows ?? 0),
  }));
}

/** The tables that were read from end to end meanwhile. */
async function scannedBy(work: () => Promise<unknown>): Promise<string[]> {
  const reads = await readsOf(work);
  return reads.filter(({ scans }) => scans > 0).map(({ name }) => name);
}

test("a sequential scan is seen when there is one", async () => {
  const scanned = await scannedBy(() => database.db.execute(sql`select max(length(title)) from tasks`));
  expect(scanned).toEqual(["tasks"]);
});

const orders = SORTS.flatMap((sortBy) => (["asc", "desc"] as const).map((order) => [sortBy, order] as const));

test.each(orders.filter(([sortBy]) => sortBy !== "updated_at"))(
  "a page by %s %s reads the rows of its page and no other",
  async (sortBy, sortOrder) => {
    const given: TaskListQuery = { sortBy, sortOrder, limit: 10, count: true };
    const { nextCursor } = await listTasks(ctxOf(LARGE), given);
    for (const cursor of [undefined, nextCursor ?? ""]) {
      const reads = await readsOf(() => listTasks(ctxOf(LARGE), { ...given, cursor }));
      expect(reads.find(({ name }) => name === "tasks")?.rows).toBe(given.limit + 1);
    }
  },
);

describe.each([
  ["5,000 tasks", LARGE],
  ["100 tasks", SMALL],
])("for a person with %s no table is scanned by", (_, spaceId) => {
  const ctx = () => ctxOf(spaceId);

  test.each(orders)("a list by %s %s, whatever its filter and page", async (sortBy, sortOrder) => {
    const scanned: string[] = [];
    for (const [name, filter] of Object.entries(filters)) {
      const given: TaskListQuery = { ...filter, sortBy, sortOrder, limit: 10, count: true };
      const note = async (page: string, more: Partial<TaskListQuery>) => {
        const tables = await scannedBy(() => listTasks(ctx(), { ...given, ...more }));
        scanned.push(...tables.map((table) => `${table}: ${name}, ${page}`));
      };
      await note("first page", {});
      await note("offset", { offset: 50 });
      await note("far offset", { offset: 50_000 });
      const { nextCursor } = await listTasks(ctx(), { ...given, limit: 1 });
      if (nextCursor) await note("cursor", { cursor: nextCursor });
    }
    expect(scanned).toEqual([]);
  });

  test("a list by due date behind the last dated task", async () => {
    const given = { sortBy: "due_datetime", sortOrder: "asc", limit: 1, count: false } as const;
    const undated = await listTasks(ctx(), { ...given, offset: spaceId === LARGE ? 4_000 : 80 });
    expect(undated.tasks[0]?.dueDatetime).toBeNull();
    const cursor = undated.nextCursor ?? "";
    expect(await scannedBy(() => listTasks(ctx(), { ...given, cursor }))).toEqual([]);
  });

  test("the changes since a token, which read those and no other however often they are asked for", async () => {
    const { seq } = decodeSyncToken(spaceId, (await readOpenTasks(ctx())).nextToken);
    const token = encodeSyncToken(spaceId, { seq: seq - 50, after: null });
    const { signal } = new AbortController();
    const ask = () => syncChanges(ctx(), { token, limit: 10, wait: 0 }, signal);
    // PostgreSQL takes a plan for everybody from the sixth time on.
    for (let asked = 0; asked < 8; asked += 1) await ask();
    const reads = await readsOf(ask);
    expect(reads.map(({ scans }) => scans)).toEqual([0, 0, 0]);
    expect(reads.find(({ name }) => name === "changes")?.rows).toBeLessThanOrEqual(11);
  });

  test("a get and every write", async () => {
    const { id } = await createTask(ctx(), { title: "Task" });
    const works: Record<string, () => Promise<unknown>> = {
      get: () => findTask(ctx(), id),
      create: () => createTask(ctx(), { title: "Task" }),
      "create in a quadrant": () => createTask(ctx(), { title: "Task", priority: "urgent_important" }),
      "create with a known id": () => createTask(ctx(), { id, title: "Task" }).catch(() => {}),
      change: () => updateTask(ctx(), id, { title: "Other" }),
      "change nothing": () => updateTask(ctx(), id, { title: "Other" }),
      move: () => updateTask(ctx(), id, { priority: "not_urgent_important" }),
      complete: () => completeTask(ctx(), id, true),
      delete: () => deleteTask(ctx(), id),
    };
    const scanned: Record<string, string[]> = {};
    for (const [name, work] of Object.entries(works)) scanned[name] = await scannedBy(work);
    expect(scanned).toEqual(Object.fromEntries(Object.keys(works).map((name) => [name, []])));
  });

  test("a write with an Idempotency-Key, and its replay", async () => {
    const idempotency = { key: randomUUID(), fingerprint: new Uint8Array([1]) };
    const create = () =>
      createTask(ctxOf(spaceId, { ifMatch: null, idempotency, changeId: null, isReplay: false }), {
        title: "Task",
      });
    expect(await scannedBy(create)).toEqual([]);
    expect(await scannedBy(create)).toEqual([]);
  });
});
