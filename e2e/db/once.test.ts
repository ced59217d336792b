import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { transaction } from "@/lib/context";
import { createDatabase, query } from "../support/database";
import { failureOf, LANES, type Lane, openLane } from "../support/lane";

/** Neon's frames are masked before its proxy, so there the wire could not see a statement go by. */
describe.each(LANES.slice(0, 2))("$name: what may have run is not repeated", (kind) => {
  let home: Awaited<ReturnType<typeof createDatabase>>;
  let lane: Lane;
  let db: ReturnType<Lane["connect"]>["db"];

  beforeAll(async () => {
    home = await createDatabase({ template: "template0" });
    await query(home.url, "create table marks (at timestamptz default clock_timestamp())");
  });
  beforeEach(async () => {
    await query(home.url, "truncate marks");
    lane = await openLane(home.url, kind);
    db = lane.connect().db;
    await db.execute(sql`select 1`);
  });
  afterEach(() => lane.close());
  afterAll(() => home.drop());

  const marks = async () => (await query(home.url, "select from marks")).length;

  test("a statement whose answer was lost ran once", async () => {
    lane.wire.cutAfter("insert into marks");
    const failure = await failureOf(db.execute(sql`insert into marks default values`));
    expect(failure.isUnavailable).toBe(true);
    expect(lane.wire.sightings).toBe(1);
    expect(await marks()).toBe(1);
  });

  test("a transaction whose COMMIT was not answered ran once", async () => {
    lane.wire.cutAfter("commit");
    let runs = 0;
    const work = transaction({ db }, async (ctx) => {
      runs += 1;
      await ctx.db.execute(sql`insert into marks default values`);
    });
    expect(await failureOf(work)).toMatchObject({ isUnavailable: true });
    expect(lane.wire.sightings).toBe(1);
    expect(runs).toBe(1);
    expect(await marks()).toBe(1);
  });

  test("a BEGIN whose answer was lost is tried on another connection, before fn has run", async () => {
    lane.wire.cutAfter("begin", 2);
    let runs = 0;
    await transaction({ db }, async (ctx) => {
      runs += 1;
      await ctx.db.execute(sql`insert into marks default values`);
    });
    expect(lane.wire.sightings).toBe(3);
    expect(runs).toBe(1);
    expect(await marks()).toBe(1);
  });

  test("a BEGIN that fails leaks no client, however often", async () => {
    const narrow = lane.connect({ poolMax: 2, connectTimeoutMs: 1_000 });
    const begin = () => transaction(narrow, async (ctx) => (await ctx.db.execute(sql`select 1 as one`)).rows);
    lane.wire.cutAfter("begin");
    for (const failure of await Promise.all(Array.from({ length: 5 }, () => failureOf(begin()))))
      expect(failure.isUnavailable).toBe(true);
    expect(lane.wire.sightings).toBeGreaterThan(5);
    lane.wire.cutAfter("begin", 0);
    const one = [{ one: 1 }];
    expect(await Promise.all([begin(), begin(), begin()])).toEqual([one, one, one]);
    // One may have been enough for all three.
    const { total } = narrow.stats();
    expect(narrow.stats()).toEqual({ total, idle: total, waiting: 0 });
  });
});
