import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { ctxOf, newSpace } from "@/e2e/support/sync-client";
import { stateOf } from "@/e2e/support/undo-model";
import { undoChange } from "@/lib/changes/undo-change";
import { writeTogether } from "@/lib/changes/write-together";
import type { Ctx } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/failures";
import { AppError } from "@/lib/errors";
import { createTask, updateTask } from "@/lib/tasks/tasks";
import { uuidv7 } from "@/lib/uuid";

const LOCK_TIMEOUT_MS = 200;

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;
let spaceId: string;
let attempts = 0;

beforeAll(async () => {
  home = await createDatabase();
  const url = new URL(home.url);
  url.searchParams.set("options", `-c lock_timeout=${LOCK_TIMEOUT_MS}`);
  database = connect({
    url: url.toString(),
    poolMax: 4,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 20_000,
    log: (text) => {
      attempts += Number(text.startsWith("select 1") && text.includes("for no key update"));
    },
  });
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

beforeEach(async () => {
  spaceId = await newSpace(database);
});

function keyed(request = "same"): ReturnType<typeof ctxOf> {
  const ctx = ctxOf(database, spaceId);
  return { ...ctx, write: { ...ctx.write, idempotency: { key: "k", fingerprint: Buffer.from(request) } } };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** A request in the middle of its work, until it is let go. */
async function hold(ctx: Ctx) {
  const [begun, end] = [gate(), gate()];
  const work = writeTogether(ctx, async (ctx) => {
    const { id } = await createTask(ctx, { title: "Once" });
    begun.open();
    await end.opened;
    return { id };
  });
  await begun.opened;
  attempts = 0;
  return { work, letGo: end.open };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? error.code : sqlState(error)),
  );

describe("of two requests with one key, the second", () => {
  test("waits longer than for a lock, and replays", async () => {
    const first = keyed();
    const { work, letGo } = await hold(first);
    const second = keyed();
    const twin = writeTogether(second, async () => ({ id: "another" }));
    await expect.poll(() => attempts, { timeout: 4_000 }).toBeGreaterThanOrEqual(3);
    letGo();
    expect(await twin).toEqual(await work);
    expect(second.write).toMatchObject({ isReplay: true, changeId: first.write.changeId });
    expect((await stateOf(first)).seq).toBe(1);
  });

  test("is refused when it is another request", async () => {
    const { work, letGo } = await hold(keyed());
    const other = failureOf(writeTogether(keyed("other"), async () => ({})));
    await expect.poll(() => attempts, { timeout: 4_000 }).toBeGreaterThanOrEqual(2);
    letGo();
    await work;
    expect(await other).toBe("idempotency_key_reused");
  });

  test("is told that the first still runs after 5 s; without a key it is told at once", async () => {
    const { work, letGo } = await hold(keyed());
    const startedAt = performance.now();
    const undo = failureOf(undoChange(keyed(), uuidv7()));
    expect(await failureOf(undoChange(ctxOf(database, spaceId), uuidv7()))).toBe("55P03");
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await undo).toBe("idempotency_in_progress");
    expect(performance.now() - startedAt).toBeGreaterThan(5_000);
    letGo();
    await work;
  }, 15_000);
});

test("a write that takes too long itself is not begun again, and leaves its key free", async () => {
  const { id } = await createTask(ctxOf(database, spaceId), { title: "a" });
  let runs = 0;
  const slow = writeTogether(keyed(), async (ctx) => {
    runs += 1;
    await updateTask(ctx, id, { title: "b" });
    await ctx.db.execute(sql`set local statement_timeout = 50`);
    await ctx.db.execute(sql`select pg_sleep(5)`);
  });
  expect([await failureOf(slow), runs]).toEqual(["57014", 1]);
  expect((await stateOf(ctxOf(database, spaceId))).tasks.get(id)?.title).toBe("a");
  expect(await writeTogether(keyed(), async () => ({ isFree: true }))).toEqual({ isFree: true });
});
