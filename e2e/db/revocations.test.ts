import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isRevoked } from "@/lib/auth/revocations";
import { isLive, revoke, revokeSessions } from "@/lib/auth/sessions";
import type { PublicCtx } from "@/lib/context";
import { isUnavailable } from "@/lib/db/failures";
import { uuidv7 } from "@/lib/uuid";
import { LAPTOP, openTown, rotate, signedIn } from "../support/people";

const HOUR = 3_600;

let town: Awaited<ReturnType<typeof openTown>>;
let ctx: PublicCtx;

beforeAll(async () => {
  town = await openTown();
  ctx = { db: town.open().db, client: LAPTOP };
});
afterAll(() => town.close());

const realNow = performance.now.bind(performance);
let skippedMs = 0;

/** As if this much time had gone by, for what this process measures. */
const skip = (ms: number) => {
  skippedMs += ms;
};

/** From now on only what is skipped goes by. */
const freeze = () => {
  const frozenAt = Math.ceil(performance.now());
  vi.spyOn(performance, "now").mockImplementation(() => frozenAt + skippedMs);
};

beforeEach(() => {
  skippedMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => realNow() + skippedMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What another process does: this one is not told. */
const endElsewhere = ({ userId, id }: { userId: string; id: string }) =>
  revoke(ctx, { userId, sessionId: id }, "signed_out");

/** Another process, and the statements that it has sent. */
function openInstance() {
  const statements: string[] = [];
  const { db } = town.open({ log: (text) => statements.push(text) });
  return { db, statements };
}

async function revokedAgo(seconds: number): Promise<string> {
  const { session } = await signedIn(ctx);
  await endElsewhere(session);
  await town.age(session.id, seconds);
  return session.id;
}

describe("a session that was ended", () => {
  test("elsewhere is refused within 2 s, while requests come all the time", async () => {
    const { db } = openInstance();
    const { session } = await signedIn(ctx);
    expect(await isRevoked(db, session.id)).toBe(false);
    await sleep(300);
    await endElsewhere(session);
    const startedAt = realNow();
    while (!(await isRevoked(db, session.id)) && realNow() - startedAt < 5_000) await sleep(20);
    expect(realNow() - startedAt).toBeLessThan(2_000);
  });

  test("elsewhere is refused by the first request when none came for 2 s", async () => {
    freeze();
    const { db, statements } = openInstance();
    const { session } = await signedIn(ctx);
    expect(await isRevoked(db, session.id)).toBe(false);
    await endElsewhere(session);
    skip(500);
    expect(await isRevoked(db, session.id)).toBe(false);
    expect(statements).toHaveLength(1);
    skip(1_500);
    expect(await isRevoked(db, session.id)).toBe(true);
    expect(statements).toHaveLength(2);
  });

  test("here is refused at once, without a query", async () => {
    freeze();
    const { db, statements } = openInstance();
    const { session } = await signedIn(ctx);
    expect(await isRevoked(db, session.id)).toBe(false);
    await revokeSessions(ctx, { userId: session.userId }, "signed_out");
    expect(await isRevoked(db, session.id)).toBe(true);
    expect(statements).toHaveLength(1);
    skip(10_000);
    expect(await isRevoked(db, session.id)).toBe(true);
  });

  test("in a transaction that commits seconds after its own time is refused too", async () => {
    const { db } = openInstance();
    const { session } = await signedIn(ctx);
    const slow = await town.hold(
      "update sessions set revoked_at = now(), revoke_reason = 'signed_out' where id = $1",
      [session.id],
    );
    for (let pulls = 0; pulls < 3; pulls += 1) {
      await sleep(200);
      skip(2_000);
      expect(await isRevoked(db, session.id)).toBe(false);
    }
    await slow.letGo();
    skip(2_000);
    expect(await isRevoked(db, session.id)).toBe(true);
  });
});

describe("no request waits for a query of its own", () => {
  test("1,000 requests in a row send one, and 1,000 at once send one at the start", async () => {
    freeze();
    const { db, statements } = openInstance();
    const id = uuidv7();
    await Promise.all(Array.from({ length: 1_000 }, () => isRevoked(db, id)));
    expect(statements).toHaveLength(1);
    for (let count = 0; count < 1_000; count += 1) await isRevoked(db, id);
    expect(statements).toHaveLength(1);
  });

  test("a list of 1 s is renewed behind them, one of 2 s before them, once for all", async () => {
    freeze();
    const { db, statements } = openInstance();
    const { session } = await signedIn(ctx);
    const all = () => Promise.all(Array.from({ length: 200 }, () => isRevoked(db, session.id)));
    await all();
    await endElsewhere(session);
    skip(1_000);
    expect(new Set(await all())).toEqual(new Set([false]));
    expect(statements).toHaveLength(2);
    await expect.poll(() => isRevoked(db, session.id)).toBe(true);
    expect(statements).toHaveLength(2);
    skip(2_000);
    await all();
    expect(statements).toHaveLength(3);
  });
});

test("a list is as old as the question, however long the answer took", async () => {
  freeze();
  const { db } = town.open({ log: () => skip(1_500) });
  const { session } = await signedIn(ctx);
  expect(await isRevoked(db, session.id)).toBe(false);
  await endElsewhere(session);
  skip(500);
  expect(await isRevoked(db, session.id)).toBe(true);
});

test("a renewal reads what is new, and not the whole day again", async () => {
  const { db } = openInstance();
  const atStart = await revokedAgo(60);
  expect(await isRevoked(db, atStart)).toBe(true);
  const missed = await revokedAgo(60);
  skip(2_000);
  expect(await isRevoked(db, missed)).toBe(false);
  expect(await isRevoked(db, atStart)).toBe(true);
});

describe("without the database", () => {
  const found = (db: PublicCtx["db"], id: string) =>
    expect.poll(() => isRevoked(db, id).catch(() => "lost"), { timeout: 5_000 });

  const lost = async (work: Promise<unknown>) => isUnavailable(await work.catch((error: unknown) => error));

  test("a list of less than 5 s goes on, an older one lets nobody in, and a new one is found by itself", async (context) => {
    const { db, wire } = await town.openWired({ connectTimeoutMs: 200 });
    context.onTestFinished(() => wire.shut());
    const { session: alive } = await signedIn(ctx);
    const ended = await revokedAgo(1);
    expect(await isRevoked(db, alive.id)).toBe(false);
    await wire.shut();
    for (const ms of [1_500, 1_000, 1_000]) {
      skip(ms);
      expect(await isRevoked(db, alive.id)).toBe(false);
      expect(await isRevoked(db, ended)).toBe(true);
    }
    skip(1_500);
    for (const id of [alive.id, ended, uuidv7()]) expect(await lost(isRevoked(db, id))).toBe(true);
    await endElsewhere(alive);
    await wire.open();
    await found(db, alive.id).toBe(true);
    expect(await isRevoked(db, ended)).toBe(true);
    expect(await isRevoked(db, uuidv7())).toBe(false);
  });

  test("a process that has just started lets nobody in, until it is there", async (context) => {
    const { db, wire } = await town.openWired({ connectTimeoutMs: 200 });
    context.onTestFinished(() => wire.shut());
    await wire.shut();
    for (let tries = 0; tries < 2; tries += 1) expect(await lost(isRevoked(db, uuidv7()))).toBe(true);
    await wire.open();
    await found(db, uuidv7()).toBe(false);
  });
});

describe("what is remembered", () => {
  test("reaches back a day at the start, and no further", async () => {
    const [recent, old] = [await revokedAgo(23 * HOUR), await revokedAgo(25 * HOUR)];
    const [day, more] = [await revokedAgo(24 * HOUR), await revokedAgo(24 * HOUR + 11)];
    const { db } = openInstance();
    expect(await isRevoked(db, recent)).toBe(true);
    expect(await isRevoked(db, day)).toBe(true);
    expect(await isRevoked(db, more)).toBe(false);
    expect(await isRevoked(db, old)).toBe(false);
  });

  test("is forgotten after a day, whether it was read or told", async () => {
    const read = await revokedAgo(24 * HOUR + 7);
    const { db } = openInstance();
    expect(await isRevoked(db, read)).toBe(true);
    const { session: told } = await signedIn(ctx);
    const aWhileAgo = Date.now() - 25 * HOUR * 1000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(aWhileAgo);
    await revokeSessions(ctx, { userId: told.userId }, "signed_out");
    clock.mockRestore();
    await town.age(told.id, 25 * HOUR);
    expect(await isRevoked(db, told.id)).toBe(true);
    await sleep(3_200);
    skip(2_000);
    expect(await isRevoked(db, told.id)).toBe(false);
    expect(await isRevoked(db, read)).toBe(false);
  });
});

describe("the strict read", () => {
  test("knows the generation alive, and the one before it for 30 s", async () => {
    const { session, actor } = await signedIn(ctx);
    const known = () => Promise.all([0, 1, 2].map((generation) => isLive(ctx, { ...actor, generation })));
    expect(await known()).toEqual([true, false, false]);
    await rotate(ctx, session, 0);
    expect(await known()).toEqual([true, true, false]);
    await town.age(session.id, 31);
    expect(await known()).toEqual([false, true, false]);
    expect(await isLive(ctx, { ...actor, generation: 2_147_483_647 })).toBe(false);
    expect(await isLive(ctx, { ...actor, userId: uuidv7() })).toBe(false);
    await endElsewhere(session);
    expect(await known()).toEqual([false, false, false]);
  });

  test.each(["idle_expires_at", "idle_expires_at = now(), absolute_expires_at"])(
    "refuses a session whose time is over (%s)",
    async (columns) => {
      const { session, actor } = await signedIn(ctx);
      await town.query(`update sessions set ${columns} = now() where id = $1`, [session.id]);
      expect(await isLive(ctx, actor)).toBe(false);
    },
  );
});
