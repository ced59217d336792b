import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { transaction } from "@/lib/context";
import type { Db } from "@/lib/db/client";
import { sqlState } from "@/lib/db/failures";
import { createDatabase, query } from "../support/database";
import { failureOf, LANES, openLane } from "../support/lane";

const ROUND = sql`select 1 as one`;
const ONE = { rows: [{ one: 1 }] };

const ask = async (db: Db) => db.execute(ROUND);

const begin = (db: Db) => transaction({ db }, (ctx) => ask(ctx.db));

describe.each(LANES.slice(0, 2))("$name: when a session ends", (kind) => {
  let home: Awaited<ReturnType<typeof createDatabase>>;
  beforeAll(async () => {
    home = await createDatabase({ template: "template0" });
  });
  afterAll(() => home.drop());

  const open = async (context: TestContext, poolMax = 2) => {
    const lane = await openLane(home.url, kind);
    context.onTestFinished(() => lane.close());
    return lane.connect({ poolMax });
  };

  const killAll = () =>
    query(
      home.url,
      "select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );

  test("killed while idle, the next statements work", async (context) => {
    const { db } = await open(context);
    await Promise.all([ask(db), ask(db)]);
    await killAll();
    expect(await ask(db)).toMatchObject(ONE);
    expect(await begin(db)).toMatchObject(ONE);
  });

  test("killed while a statement runs, it is unavailable and the next one works", async (context) => {
    const { db } = await open(context);
    await ask(db);
    const running = failureOf(db.execute(sql`select pg_sleep(2)`));
    await sleep(200);
    await killAll();
    const failure = await running;
    expect(failure).toMatchObject({ isUnavailable: true });
    expect(failure.ms).toBeLessThan(1_500);
    expect(await ask(db)).toMatchObject(ONE);
  });

  test("killed in the middle of a transaction, it is unavailable and the next one works", async (context) => {
    const { db, stats } = await open(context);
    const work = transaction({ db }, async (ctx) => {
      await ask(ctx.db);
      await killAll();
      await sleep(50);
      await ask(ctx.db);
    });
    expect(await failureOf(work)).toMatchObject({ isUnavailable: true });
    expect(stats().total).toBe(0);
    expect(await begin(db)).toMatchObject(ONE);
  });

  test("a statement over its time is unavailable, and its connection stays", async (context) => {
    const { db, stats } = await open(context, 1);
    await db.execute(sql`set statement_timeout = 100`);
    const failure = await failureOf(db.execute(sql`select pg_sleep(5)`));
    expect(sqlState(failure.error)).toBe("57014");
    expect(failure.isUnavailable).toBe(true);
    expect(stats()).toEqual({ total: 1, idle: 1, waiting: 0 });
    expect(await ask(db)).toMatchObject(ONE);
  });

  test("more requests than connections wait their turn, and no longer than they may", async (context) => {
    const { db, stats } = await open(context, 1);
    await ask(db);
    const slow = failureOf(db.execute(sql`select pg_sleep(2.3)`));
    await sleep(100);
    const failure = await failureOf(ask(db));
    expect(failure.isUnavailable).toBe(true);
    expect(failure.ms).toBeLessThan(2_200);
    expect((await slow).error).toBeUndefined();
    expect(await ask(db)).toMatchObject(ONE);
    expect(stats()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });
});
