import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { transaction } from "@/lib/context";
import type { Db } from "@/lib/db/client";
import { sqlState } from "@/lib/db/failures";
import { createDatabase, query } from "../support/database";
import { LANES, type Lane, openLane } from "../support/lane";

const add = (db: Db, name: string) => db.execute(sql`insert into names values (${name})`);

const pidOf = async (db: Db) => {
  const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return rows[0]?.pid;
};

describe.each(LANES.slice(0, 2))("transaction(ctx, fn) on the $name driver", (kind) => {
  let home: Awaited<ReturnType<typeof createDatabase>>;
  let lane: Lane;

  beforeAll(async () => {
    home = await createDatabase({ template: "template0" });
    await query(home.url, "create table names (name text primary key deferrable initially deferred)");
    lane = await openLane(home.url, kind);
  });
  beforeEach(() => query(home.url, "truncate names"));
  afterAll(async () => {
    await lane.close();
    await home.drop();
  });

  const names = async () => {
    const rows = await query<{ name: string }>(home.url, "select name from names order by name");
    return rows.map(({ name }) => name);
  };

  test("commits what it did, all on one backend, and hands out its result", async () => {
    const { db, stats } = lane.connect();
    const result = await transaction({ db, actor: "someone" }, async (ctx) => {
      expect(ctx.actor).toBe("someone");
      const pids = [await pidOf(ctx.db), await pidOf(ctx.db), await pidOf(ctx.db)];
      expect(new Set(pids).size).toBe(1);
      await add(ctx.db, "kept");
      expect(await names()).toEqual([]);
      return "result";
    });
    expect(result).toBe("result");
    expect(await names()).toEqual(["kept"]);
    expect(stats()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });

  test("undoes everything when fn throws, and throws the same thing", async () => {
    const { db, stats } = lane.connect({ poolMax: 1 });
    const mistake = new Error("mine");
    const work = transaction({ db }, async (ctx) => {
      await add(ctx.db, "undone");
      throw mistake;
    });
    await expect(work).rejects.toBe(mistake);
    expect(await names()).toEqual([]);
    expect(stats()).toEqual({ total: 1, idle: 1, waiting: 0 });
    const begun = async () => (await db.execute(sql`select now()::text as at`)).rows;
    // Inside a transaction it would stand still.
    expect(await begun()).not.toEqual(await begun());
  });

  test("throws when COMMIT is refused, and keeps nothing", async () => {
    const { db } = lane.connect();
    const twice = transaction({ db }, async (ctx) => {
      await add(ctx.db, "same");
      await add(ctx.db, "same");
    });
    const error = await twice.catch((thrown: unknown) => thrown);
    expect(sqlState(error)).toBe("23505");
    expect(await names()).toEqual([]);
  });

  test("throws when fn hid a failed statement, for which PostgreSQL commits nothing", async () => {
    const { db } = lane.connect();
    const hiding = transaction({ db }, async (ctx) => {
      await add(ctx.db, "lost");
      await ctx.db.execute(sql`select 1 / 0`).catch(() => {});
    });
    await expect(hiding).rejects.toThrow("Nothing was committed");
    expect(await names()).toEqual([]);
  });

  test("inside another one undoes its own part only", async () => {
    const { db } = lane.connect({ poolMax: 1 });
    await transaction({ db }, async (outer) => {
      await add(outer.db, "before");
      for (const name of ["a", "b", "c"])
        await transaction(outer, async (inner) => {
          await add(inner.db, name);
          expect(await pidOf(inner.db)).toBe(await pidOf(outer.db));
          if (name === "b") await inner.db.execute(sql`select 1 / 0`);
          await transaction(inner, (innermost) => add(innermost.db, `${name}-deep`));
        }).catch(() => {});
      await add(outer.db, "after");
    });
    expect(await names()).toEqual(["a", "a-deep", "after", "before", "c", "c-deep"]);
  });

  test("inside another one is undone with the outer one", async () => {
    const { db } = lane.connect();
    const work = transaction({ db }, async (outer) => {
      await transaction(outer, (inner) => add(inner.db, "inner"));
      throw new Error("outer");
    });
    await expect(work).rejects.toThrow("outer");
    expect(await names()).toEqual([]);
  });

  test("a nested one that hid a failed statement throws, and the outer one can go on", async () => {
    const { db } = lane.connect();
    await transaction({ db }, async (outer) => {
      const hiding = transaction(outer, async (inner) => {
        await inner.db.execute(sql`select 1 / 0`).catch(() => {});
      });
      await expect(hiding).rejects.toThrow();
      await add(outer.db, "goes on");
    });
    expect(await names()).toEqual(["goes on"]);
  });

  test("a failing rollback hides nothing, and costs the connection only", async () => {
    const { db, stats } = lane.connect({ poolMax: 1 });
    const mistake = new Error("mine");
    const work = transaction({ db }, async (ctx) => {
      await add(ctx.db, "undone");
      await query(home.url, "select pg_terminate_backend($1, 1000)", [await pidOf(ctx.db)]);
      throw mistake;
    });
    await expect(work).rejects.toBe(mistake);
    expect(await names()).toEqual([]);
    expect(stats().total).toBe(0);
    await transaction({ db }, (ctx) => add(ctx.db, "next"));
    expect(await names()).toEqual(["next"]);
  });
});
