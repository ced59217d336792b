import { getEventListeners, setMaxListeners } from "node:events";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDatabase, query } from "@/e2e/support/database";
import { ctxOf } from "@/e2e/support/sync-client";
import { openWire } from "@/e2e/support/wire";
import { undoChange } from "@/lib/changes/undo-change";
import { writeTogether } from "@/lib/changes/write-together";
import { connect, type Database } from "@/lib/db/client";
import { beginDraining } from "@/lib/draining";
import { processWide } from "@/lib/process-wide";
import { syncChanges } from "@/lib/sync/sync";
import { encodeSyncToken } from "@/lib/sync/token";
import { untilChanged, wakeEverybody } from "@/lib/sync/waiting";
import { createTask } from "@/lib/tasks/tasks";
import { uuidv7 } from "@/lib/uuid";

const SPACES = 200;
const WAITERS = 1_000;
const POLL_MS = 500;

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;
let statements = 0;
let leave: AbortController;
let spaceIds: string[];

const open = (url: string) =>
  connect({
    url,
    poolMax: 3,
    connectTimeoutMs: 1_000,
    statementTimeoutMs: 5_000,
    log: () => {
      statements += 1;
    },
  });

beforeAll(async () => {
  home = await createDatabase();
  database = open(home.url);
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

beforeEach(async () => {
  leave = new AbortController();
  setMaxListeners(0, leave.signal);
  spaceIds = Array.from({ length: SPACES }, uuidv7);
  await query(
    home.url,
    `with person as (insert into users (id, email) select id, id || '@example.org' from unnest($1::uuid[]) id returning id)
     insert into spaces (id, owner_id) select id, id from person`,
    [spaceIds],
  );
});

afterEach(async () => {
  leave.abort();
  await expect.poll(left, { timeout: 3_000 }).toEqual(NOTHING);
});

type Waiting = { known: Map<string, number>; timer?: unknown };

const NOBODY = { known: 0, all: 0, listeners: 0, signals: 0 };
const NOTHING = { ...NOBODY, timer: undefined };

const waiting = () =>
  processWide("sync waiting", (): Waiting => {
    throw new Error("Nobody has waited yet.");
  });

/** What the process still holds for those who wait. */
function left() {
  const { known, timer } = waiting();
  const listeners = processWide("changes", () => new Map<string, Set<unknown>>());
  const all = [...listeners.values()].reduce((sum, own) => sum + own.size, 0);
  const signals = getEventListeners(leave.signal, "abort").length;
  return { known: known.size, all, listeners: listeners.size, signals, timer };
}

/** A timer that nobody waits for any more would stay for 20 s. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

const spaceAt = (index: number) => spaceIds[index % SPACES] ?? "";

/** Notes who is answered, by the number of his space. */
function wait(count: number, { from = database, seq = 0, milliseconds = 20_000 } = {}) {
  const answered: number[] = [];
  const all = Array.from({ length: count }, async (_, index) => {
    await untilChanged(ctxOf(from, spaceAt(index)), { seq, milliseconds, signal: leave.signal });
    answered.push(index % SPACES);
  });
  return { answered, all: Promise.all(all) };
}

/** As another process writes: nothing in this one hears of it. */
const writeElsewhere = (spaceId: string) =>
  query(
    home.url,
    `with space as (update spaces set seq = seq + 1, live_count = live_count + 1 where id = $1 returning id, seq),
     task as (insert into tasks (space_id, id, title, position) select id, gen_random_uuid(), 'New', 'a0' from space returning *)
     insert into changes (space_id, seq, group_id, entity, entity_id, op, version, at, after, actor_id)
     select space.id, seq, gen_random_uuid(), 'task', task.id, 'create', 1, now(), '{}', space.id from space, task`,
    [spaceId],
  );

/** What the pool was at its busiest, and how many statements there were. */
async function watch(forMs: number) {
  const [startedAt, before] = [performance.now(), statements];
  const most = { busy: 0, waiting: 0, total: 0 };
  while (performance.now() - startedAt < forMs) {
    const { total, idle, waiting } = database.stats();
    most.busy = Math.max(most.busy, total - idle);
    most.waiting = Math.max(most.waiting, waiting);
    most.total = Math.max(most.total, total);
    await sleep(5);
  }
  return { ...most, statements: statements - before, periods: (performance.now() - startedAt) / POLL_MS };
}

describe("1,000 who wait for 200 spaces", () => {
  test("hold no connection; one query every 500 ms is for all of them", async () => {
    await database.db.execute(sql`select 1`);
    wait(WAITERS);
    expect(left()).toMatchObject({ known: SPACES, all: WAITERS, listeners: SPACES });
    expect(database.stats()).toMatchObject({ total: 1, idle: 1, waiting: 0 });
    const seen = await watch(3_000);
    expect(seen).toMatchObject({ total: 1, waiting: 0 });
    expect(seen.busy).toBeLessThanOrEqual(1);
    expect(seen.statements).toBeLessThanOrEqual(seen.periods + 1);
    expect(seen.statements).toBeGreaterThanOrEqual(3);
  });

  test("cost no query any more when they have left", async () => {
    const { all } = wait(WAITERS);
    leave.abort();
    await all;
    expect(left()).toMatchObject(NOBODY);
    expect(await watch(1_200)).toMatchObject({ statements: 0, busy: 0 });
    expect(timers()).toBeLessThan(100);
    expect(left()).toEqual(NOTHING);
  });

  test("are all answered when the time is over, and leave nothing behind", async () => {
    const startedAt = performance.now();
    const { all } = wait(WAITERS, { milliseconds: 300 });
    await all;
    const ms = performance.now() - startedAt;
    expect(ms).toBeGreaterThanOrEqual(298);
    expect(ms).toBeLessThan(3_000);
    expect(left()).toMatchObject(NOBODY);
  });

  test("are all answered when the process is to end, and nobody waits from then on", async () => {
    const { answered, all } = wait(WAITERS);
    await sleep(50);
    expect(answered).toEqual([]);
    try {
      beginDraining({ isReplaced: false });
      wakeEverybody();
      await all;
      expect(left()).toMatchObject(NOBODY);
      await wait(1).all;
    } finally {
      processWide("draining", () => ({ isDraining: true })).isDraining = false;
    }
  });

  test("are answered if they wait for what another process writes to, within a second", async () => {
    const { answered } = wait(WAITERS);
    for (const index of [3, 7]) {
      answered.length = 0;
      await writeElsewhere(spaceAt(index));
      const startedAt = performance.now();
      await expect.poll(() => answered, { timeout: 2_000, interval: 10 }).toEqual(Array(5).fill(index));
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
  });
});

const NEW = { title: "New" };
const verbs = {
  "a write": (spaceId: string) => createTask(ctxOf(database, spaceId), NEW),
  "several writes together": (spaceId: string) =>
    writeTogether(ctxOf(database, spaceId), async (ctx) => [await createTask(ctx, NEW)]),
};

describe("of those who wait in the same process", () => {
  test.each(Object.entries(verbs))(
    "%s answers those of its space at once, and nobody else",
    async (_, write) => {
      const { answered } = wait(WAITERS);
      await write(spaceAt(5));
      await setImmediate();
      expect(answered).toEqual([5, 5, 5, 5, 5]);
    },
  );

  test("an undo answers those of its space at once", async () => {
    const ctx = ctxOf(database, spaceAt(5));
    await createTask(ctx, NEW);
    const { answered } = wait(WAITERS, { seq: 1 });
    await undoChange(ctxOf(database, spaceAt(5)), String(ctx.write.changeId));
    await setImmediate();
    expect(answered).toEqual([5, 5, 5, 5, 5]);
  });

  test("a write that is undone before it is committed answers nobody", async () => {
    const { answered } = wait(WAITERS);
    const failing = writeTogether(ctxOf(database, spaceAt(5)), async (ctx) => {
      await createTask(ctx, NEW);
      throw new Error("No.");
    });
    await expect(failing).rejects.toThrow("No.");
    await sleep(2 * POLL_MS);
    expect(answered).toEqual([]);
  });
});

test("what was written after the client's look and before it began to wait is noticed", async () => {
  await writeElsewhere(spaceAt(0));
  const { answered } = wait(1);
  await expect.poll(() => answered, { timeout: 1_000, interval: 10 }).toEqual([0]);
});

test("a database that is gone ends no wait, and is looked at again when it is back", async () => {
  const { hostname: host, port } = new URL(home.url);
  const wire = await openWire({ host, port: Number(port) });
  const url = new URL(home.url);
  url.port = String(wire.port);
  const wired = open(url.toString());
  try {
    const { answered } = wait(2, { from: wired });
    await sleep(POLL_MS + 100);
    await wire.shut();
    await sleep(3 * POLL_MS);
    expect(answered).toEqual([]);
    await wire.open();
    await writeElsewhere(spaceAt(1));
    await expect.poll(() => answered, { timeout: 3_000, interval: 10 }).toEqual([1]);
  } finally {
    leave.abort();
    await wired.close();
    await wire.shut();
  }
});

/** Asks again and again, as the contract says; counts how often. */
function follow(seq: number) {
  const counts = { asked: 0, changes: 0 };
  const spaceId = spaceAt(0);
  const loop = async () => {
    for (let token = encodeSyncToken(spaceId, { seq, after: null }); !leave.signal.aborted; ) {
      counts.asked += 1;
      const given = { token, limit: 10, wait: 20 };
      const { page } = await syncChanges(ctxOf(database, spaceId), given, leave.signal);
      counts.changes += page.changes.length;
      token = page.nextToken;
    }
  };
  return { counts, ended: loop() };
}

test("two clients of a space that know of different changes do not wake each other again and again", async () => {
  const first = follow(0);
  await expect.poll(() => left().all).toBe(1);
  await writeElsewhere(spaceAt(0));
  const second = follow(1);
  const { statements: asked } = await watch(2_000);
  expect(first.counts).toEqual({ asked: 2, changes: 1 });
  expect(second.counts.asked).toBeLessThanOrEqual(2);
  expect(asked).toBeLessThanOrEqual(10);
  leave.abort();
  await Promise.all([first.ended, second.ended]);
});
