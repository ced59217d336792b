import { eq, sql } from "drizzle-orm";
import { bigint, boolean, date, integer, jsonb, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isUnavailable } from "@/lib/db/failures";
import { instant } from "@/lib/db/schema/columns";
import { createDatabase, query } from "../support/database";
import { LANES, type Lane, openLane } from "../support/lane";

const samples = pgTable("samples", {
  id: uuid("id").primaryKey(),
  whole: integer("whole"),
  large: bigint("large", { mode: "number" }),
  exact: numeric("exact"),
  isSo: boolean("is_so"),
  words: text("words"),
  list: text("list").array(),
  json: jsonb("json"),
  day: date("day"),
  moment: instant("moment"),
});

const CREATE = sql`create table samples (id uuid primary key, whole integer, large bigint, exact numeric,
  is_so boolean, words text, list text[], json jsonb, day date, moment timestamptz(3))`;

const row: typeof samples.$inferSelect = {
  id: "0199c0de-0000-7000-8000-000000000001",
  whole: 42,
  large: 2 ** 53 - 1,
  exact: "1.10",
  isSo: true,
  words: "naïve 🗂 ' \\ \u{10FFFF}",
  list: ["a", "b,c", "NULL"],
  json: { nested: [1, null, "x"] },
  day: "2026-02-28",
  moment: new Date("2026-02-28T23:59:59.999Z"),
};

describe.each(LANES.slice(0, 2))("the $name driver", (kind) => {
  let home: Awaited<ReturnType<typeof createDatabase>>;
  let lane: Lane;

  beforeAll(async () => {
    home = await createDatabase({ template: "template0" });
    lane = await openLane(home.url, kind);
  });
  afterAll(async () => {
    await lane.close();
    await home.drop();
  });

  test("gives back what was stored, as the same types", async () => {
    const { db } = lane.connect();
    await db.execute(CREATE);
    expect(await db.insert(samples).values(row).returning()).toEqual([row]);
    expect(await db.select().from(samples).where(eq(samples.id, row.id))).toEqual([row]);
    const nothing = await db.update(samples).set({ whole: 1 }).where(eq(samples.whole, 7));
    expect(nothing.rowCount).toBe(0);
  });

  test("gives the same rows to plain SQL", async () => {
    const { db } = lane.connect();
    const result = await db.execute(sql`select 1 as whole, 2::bigint as large, true as is_so, null as nothing,
      '{"a":1}'::jsonb as json, '{1,2}'::int[] as list, '2026-02-28T12:00Z'::timestamptz as moment, ${"x"} as given`);
    expect(result.command).toBe("SELECT");
    expect(result.rows).toEqual([
      {
        whole: 1,
        large: "2",
        is_so: true,
        nothing: null,
        json: { a: 1 },
        list: [1, 2],
        moment: expect.stringMatching(/^2026-02-28 /),
        given: "x",
      },
    ]);
  });

  test("a refused statement keeps its connection", async () => {
    const { db, stats } = lane.connect({ poolMax: 1 });
    const backend = async () => (await db.execute(sql`select pg_backend_pid() as pid`)).rows;
    const before = await backend();
    await expect(db.execute(sql`select 1 / 0`)).rejects.toThrow();
    expect(await backend()).toEqual(before);
    expect(stats()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });

  test("a value that cannot be sent costs its connection, and the next statement works", async () => {
    const { db } = lane.connect({ poolMax: 1 });
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    await expect(db.execute(sql`select ${cyclic}::jsonb`)).rejects.toThrow();
    expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  });

  test("tells the server its name", async () => {
    const { db } = lane.connect({ applicationName: `fourfold-${kind.driver}` });
    await db.execute(sql`select 1`);
    const sessions = await query(
      home.url,
      "select 1 from pg_stat_activity where application_name = $1 and datname = current_database()",
      [`fourfold-${kind.driver}`],
    );
    expect(sessions).toHaveLength(1);
  });

  test("logs the text of a statement and none of its values", async () => {
    const lines: string[] = [];
    const { db, begin } = lane.connect({ log: (text) => lines.push(text) });
    await db.execute(sql`select ${"hidden"}::text`);
    const connection = await begin();
    await connection.db.execute(sql`select ${"hidden"}::text as again`);
    await connection.db.execute(sql`rollback`);
    connection.release();
    expect(lines).toEqual(["select $1::text", "select $1::text as again", "rollback"]);
  });

  test("has at most as many connections as it may", async () => {
    const { db, stats } = lane.connect({ poolMax: 2 });
    await Promise.all(Array.from({ length: 20 }, () => db.execute(sql`select pg_sleep(0.005)`)));
    expect(stats()).toEqual({ total: 2, idle: 2, waiting: 0 });
  });

  test("refuses at once who would wait behind too many, and serves all the others", async () => {
    const { db } = lane.connect({ poolMax: 2 });
    await db.execute(sql`select 1`);
    const startedAt = performance.now();
    const ask = async () => {
      const answered = await db.execute(sql`select pg_sleep(0.02)`).then(() => "served", isUnavailable);
      return { answered, afterMs: performance.now() - startedAt };
    };
    const asked = await Promise.all(Array.from({ length: 100 }, ask));
    const refused = asked.filter(({ answered }) => answered === true);
    const served = asked.filter(({ answered }) => answered === "served");
    expect([served.length, refused.length]).toEqual([50, 50]);
    const firstServed = Math.min(...served.map(({ afterMs }) => afterMs));
    expect(Math.max(...refused.map(({ afterMs }) => afterMs))).toBeLessThan(firstServed);
  });
});

test("a host under neon.tech gets the Neon driver, without being asked for", async () => {
  const home = await createDatabase({ template: "template0" });
  const lane = await openLane(home.url, LANES[1]);
  const url = new URL(home.url);
  url.hostname = "ep-cool-name-1234.eu-central-1.aws.neon.tech";
  const { db } = lane.connect({ url: url.toString(), driver: "auto" });
  expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  await lane.close();
  await home.drop();
});

test("the process has one database, made from its environment, however many copies of the module there are", async () => {
  const home = await createDatabase({ template: "template0" });
  vi.stubEnv("DATABASE_URL", home.url);
  vi.resetModules();
  const first = await import("@/lib/db/client");
  vi.resetModules();
  const second = await import("@/lib/db/client");
  expect(first.database).not.toBe(second.database);
  const database = first.database();
  expect(second.database()).toBe(database);
  expect(second.databaseOf(database.db)).toBe(database);
  expect((await database.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  await database.close();
  await home.drop();
  vi.unstubAllEnvs();
});
