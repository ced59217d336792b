import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { transaction } from "@/lib/context";
import type { Db } from "@/lib/db/client";
import { createDatabase } from "../support/database";
import { failureOf, LANES, openLane } from "../support/lane";

const ROUND = sql`select 1 as one`;
const ONE = { rows: [{ one: 1 }] };

const ask = async (db: Db) => db.execute(ROUND);

const begin = (db: Db) => transaction({ db }, (ctx) => ask(ctx.db));

describe.concurrent.each(LANES)("$name: when the database is away", (kind) => {
  let home: Awaited<ReturnType<typeof createDatabase>>;
  beforeAll(async () => {
    home = await createDatabase({ template: "template0" });
  });
  afterAll(() => home.drop());

  const open = async (context: TestContext, options?: { isOpen: boolean }) => {
    const lane = await openLane(home.url, kind, options);
    context.onTestFinished(() => lane.close());
    return lane;
  };

  test("a server that comes up within a second is waited for, without an error", async (context) => {
    const lane = await open(context, { isOpen: false });
    const { db } = lane.connect();
    const queries = [ask(db), begin(db)];
    await sleep(800);
    await lane.wire.open();
    for (const result of await Promise.all(queries)) expect(result).toMatchObject(ONE);
  });

  test("a server that stays away is unavailable within 3 s, and found again when it is back", async (context) => {
    const lane = await open(context, { isOpen: false });
    const { db, stats } = lane.connect();
    const failures = await Promise.all([
      failureOf(ask(db)),
      failureOf(begin(db)),
      ...Array.from({ length: 10 }, () => failureOf(ask(db))),
    ]);
    for (const failure of failures) {
      expect(failure.isUnavailable).toBe(true);
      expect(failure.ms).toBeLessThan(3_000);
    }
    await lane.wire.open();
    expect(await ask(db)).toMatchObject(ONE);
    expect(await begin(db)).toMatchObject(ONE);
    expect(stats()).toMatchObject({ waiting: 0 });
  });

  test("a server that accepts and never answers is unavailable within 3 s, and found again when it does", async (context) => {
    const lane = await open(context);
    lane.wire.freeze();
    const { db } = lane.connect();
    for (const failure of await Promise.all([failureOf(ask(db)), failureOf(begin(db))])) {
      expect(failure.isUnavailable).toBe(true);
      expect(failure.ms).toBeLessThan(3_000);
    }
    lane.wire.thaw();
    expect(await ask(db)).toMatchObject(ONE);
  });

  test("a server that stops answering in mid-session is unavailable within 3 s, and no client is used again", async (context) => {
    const lane = await open(context);
    const { db, stats } = lane.connect({ poolMax: 3 });
    await Promise.all([ask(db), begin(db), begin(db)]);
    expect(stats().total).toBe(3);
    const inside = await new Promise<ReturnType<typeof failureOf>>((resolve) => {
      const work = transaction({ db }, async (ctx) => {
        lane.wire.freeze();
        resolve(failureOf(work));
        await ask(ctx.db);
      });
    });
    for (const failure of await Promise.all([inside, failureOf(ask(db)), failureOf(begin(db))])) {
      expect(failure.isUnavailable).toBe(true);
      expect(failure.ms).toBeLessThan(3_000);
    }
    expect(stats().total).toBe(0);
  });

  test("connections that all break at once cost nobody an error", async (context) => {
    const lane = await open(context);
    const { db } = lane.connect();
    await Promise.all([ask(db), ask(db)]);
    await lane.wire.shut();
    await lane.wire.open();
    expect(await begin(db)).toMatchObject(ONE);
    expect(await ask(db)).toMatchObject(ONE);
  });
});

test("a proxy of Neon's that opens a WebSocket and falls silent does not keep its place in the pool", async (context) => {
  const home = await createDatabase({ template: "template0" });
  const lane = await openLane(home.url, LANES[2]);
  context.onTestFinished(async () => {
    await lane.close();
    await home.drop();
  });
  const { db } = lane.connect({ poolMax: 1, connectTimeoutMs: 500 });
  lane.wire.freeze("101 Switching Protocols");
  expect(await failureOf(ask(db))).toMatchObject({ isUnavailable: true });
  // The driver says goodbye a moment after the answer to the caller: that is to be lost as well.
  await sleep(100);
  lane.wire.thaw();
  await sleep(1_200);
  expect(await ask(db)).toMatchObject(ONE);
});
