import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { ctxOf, SyncClient } from "@/e2e/support/sync-client";
import { runBatch } from "@/lib/batch/batch";
import { Unread } from "@/lib/batch/schemas";
import { undoChange } from "@/lib/changes/undo-change";
import type { Ctx } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { AppError } from "@/lib/errors";
import { exportAll } from "@/lib/export/export";
import { toWire } from "@/lib/http/keys";
import { nested } from "@/lib/http/nested";
import { purge } from "@/lib/jobs/purge";
import { syncChanges } from "@/lib/sync/sync";
import { encodeSyncToken } from "@/lib/sync/token";
import { listTasks } from "@/lib/tasks/list-tasks";
import { completeTask, createTask, deleteTask, restoreTask, updateTask } from "@/lib/tasks/tasks";
import { purgeTask } from "@/lib/trash/trash";
import { uuidv7 } from "@/lib/uuid";

const PROCESSES = 3;
const RUNS = Number(process.env.R ?? 500);
const RUNS_WITH_PURGE = Number(process.env.R ?? 250);

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

/** The user as the process sees him that this client happens to reach. */
function through(index: number, spaceId: string) {
  const process = processes[index % PROCESSES];
  if (!process) throw new Error("There is no process.");
  return ctxOf(process, spaceId);
}

async function newSpace(): Promise<string> {
  const id = uuidv7();
  await through(0, id).db.execute(sql`
    with person as (insert into users (id, email) values (${id}, ${`${id}@example.org`}) returning id)
    insert into spaces (id, owner_id) select id, id from person`);
  return id;
}

type Client = { spaceId: string; process: number; sync: SyncClient; made: string[] };

type Step = (client: Client) => Promise<unknown>;

/** What fast-check shows of a run that failed. */
const named = <S extends object>(text: string, step: S): S =>
  Object.assign(step, { [fc.toStringMethod]: () => text });

/** Few, so that the clients get in each other's way. */
const IDS = Array.from({ length: 9 }, (_, index) => `00000000-0000-7000-8000-00000000000${index}`);

type Operation = Parameters<typeof runBatch>[1]["operations"][number];

/** The same write alone and in a batch. */
const write = (op: Operation["op"], id: string, alone: (ctx: Ctx) => Promise<unknown>, body: object = {}) =>
  named(`${op} ${id.at(-1)} ${JSON.stringify(body)}`, {
    alone,
    operation: { op, id, body: new Unread(toWire(body) as Record<string, unknown>) },
  });

const id = fc.constantFrom(...IDS);
const patch = fc.oneof(
  fc.record({ title: fc.constantFrom("a", "b", "c") }),
  fc.record({ description: fc.constantFrom("x", "y", null) }),
  fc.record({ priority: fc.constantFrom(...PRIORITIES) }),
  fc.record({ dueDatetime: fc.constantFrom(new Date("2026-03-01"), new Date("2026-04-01T09:30Z"), null) }),
);
const creating = fc.tuple(id, patch).map(([id, patch]) => {
  const fields = { title: "New", ...patch };
  return write("create", id, (ctx) => createTask(ctx, { ...fields, id }), fields);
});
const patching = fc
  .tuple(id, patch)
  .map(([id, patch]) => write("update", id, (ctx) => updateTask(ctx, id, patch), patch));
const completing = fc
  .tuple(id, fc.boolean())
  .map(([id, completed]) => write("complete", id, (ctx) => completeTask(ctx, id, completed), { completed }));
const deleting = id.map((id) => write("delete", id, (ctx) => deleteTask(ctx, id)));
const restoring = id.map((id) => write("restore", id, (ctx) => restoreTask(ctx, id)));
const writing = fc.oneof(creating, creating, patching, patching, completing, deleting, restoring);

const which = fc.nat(50);
const limit = fc.integer({ min: 1, max: 7 });
const alone = writing.map((one) =>
  named(fc.stringify(one), (client: Client) => attempt(client, one.alone)),
);
const together = fc
  .tuple(fc.boolean(), fc.array(writing, { minLength: 1, maxLength: 4 }))
  .map(([atomic, writes]) => {
    const operations = writes.map(({ operation }) => operation);
    return named(`batch ${atomic} ${fc.stringify(writes)}`, (client: Client) =>
      attempt(client, (ctx) => runBatch(ctx, { atomic, operations }, nested("test"))),
    );
  });
const undoing = which.map((which) =>
  named(`undo ${which}`, async (client: Client) => {
    const changeId = client.made[which % client.made.length];
    if (changeId) await attempt(client, (ctx) => undoChange(ctx, changeId));
  }),
);
const purging = id.map((id) =>
  named(`purge ${id.at(-1)}`, (client: Client) => attempt(client, (ctx) => purgeTask(ctx, id))),
);
const pulling = limit.map((limit) => named(`pull ${limit}`, ({ sync }: Client) => sync.pull(limit)));
const catchingUp = limit.map((limit) =>
  named(`catch up by ${limit}`, ({ sync }: Client) => sync.catchUp(limit)),
);
const goingBack = fc.tuple(fc.constantFrom("rewind", "replay"), which).map(([how, which]) =>
  named(`${how} ${which}`, async ({ sync }: Client) => {
    if (how === "rewind") sync.rewind(which);
    else sync.replay(which);
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: alone },
  { weight: 1, arbitrary: together },
  { weight: 2, arbitrary: undoing },
  { weight: 1, arbitrary: purging },
  { weight: 4, arbitrary: pulling },
  { weight: 1, arbitrary: catchingUp },
  { weight: 1, arbitrary: goingBack },
);
const scripts = fc.array(fc.array(step, { minLength: 4, maxLength: 12, size: "max" }), { minLength: 2, maxLength: 4 });

const REFUSALS = ["conflict", "not_found", "invalid"];

/** A write that may be refused, for what others have done before it. */
async function attempt({ spaceId, process, made }: Client, work: (ctx: Ctx) => Promise<unknown>) {
  const ctx = through(process, spaceId);
  await work(ctx).catch((error: unknown) => {
    if (!(error instanceof AppError) || !REFUSALS.includes(error.code)) throw error;
  });
  if (ctx.write.changeId) made.push(ctx.write.changeId);
}

/** All at once, each step by step. */
async function run(spaceId: string, scripts: Step[][], meanwhile: () => Promise<void> = async () => {}) {
  const made: string[] = [];
  const clients = scripts.map((_, process) => ({
    spaceId,
    process,
    made,
    sync: new SyncClient(through(process, spaceId)),
  }));
  const play = async (client: Client, script: Step[]) => {
    for (const step of script) await step(client);
  };
  await Promise.all([
    meanwhile(),
    ...clients.map((client, index) => play(client, scripts[index] ?? [])),
  ]);
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
  expect({ live_count, trashed_count }).toEqual({ live_count: tasks.length - trashed, trashed_count: trashed });
}

test("every client ends with what the database has, whatever all of them write and read at once", async () => {
  const property = fc.asyncProperty(scripts, async (scripts) => {
    const spaceId = await newSpace();
    const clients = await run(spaceId, scripts);
    const truth = await liveTasks(through(0, spaceId));
    for (const { tasks, restarts } of clients) expect({ tasks, restarts }).toEqual({ tasks: truth, restarts: 0 });
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
    const spaceId = await newSpace();
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
