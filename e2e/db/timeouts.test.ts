import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isUnavailable, sqlState } from "@/lib/db/failures";
import { setTimeouts } from "@/lib/db/timeouts";
import { createDatabase, databaseUrl, query } from "../support/database";
import { LANES, openLane } from "../support/lane";

const SETTINGS = sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
  current_setting('idle_in_transaction_session_timeout') as idle`;

async function set(url: string, statementTimeoutMs: number) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await setTimeouts(client, { statementTimeoutMs, lockTimeoutMs: 250, idleInTransactionTimeoutMs: 5_000 });
  } finally {
    await client.end();
  }
}

describe("setTimeouts(client, timeouts)", () => {
  let home: Awaited<ReturnType<typeof createDatabase>>;
  beforeAll(async () => {
    home = await createDatabase({ template: "template0" });
  });
  afterAll(() => home.drop());

  test.each(LANES.slice(0, 2))("is in force in new sessions of the $name driver", async (kind) => {
    await set(home.url, 1_500);
    const lane = await openLane(home.url, kind);
    const { db } = lane.connect();
    expect((await db.execute(SETTINGS)).rows).toEqual([{ statement: "1500ms", lock: "250ms", idle: "5s" }]);
    await lane.close();
  });

  test("cancels what waits for a lock, as unavailable", async () => {
    await set(home.url, 1_500);
    const lane = await openLane(home.url, LANES[0]);
    const { db, begin } = lane.connect();
    const holder = await begin();
    await holder.db.execute(sql`select pg_advisory_xact_lock(1)`);
    const error = await db.execute(sql`select pg_advisory_xact_lock(1)`).catch((thrown: unknown) => thrown);
    expect(sqlState(error)).toBe("55P03");
    expect(isUnavailable(error)).toBe(true);
    holder.release(true);
    await lane.close();
  });

  test("changes what differs, and writes nothing when nothing does", async () => {
    const version = () =>
      query(
        home.url,
        "select xmin, setconfig from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database())",
      );
    await set(home.url, 1_000);
    const before = await version();
    expect(before).toHaveLength(1);
    await set(home.url, 1_000);
    expect(await version()).toEqual(before);
    await set(home.url, 1_001);
    expect(await version()).not.toEqual(before);
  });

  test("a database whose name needs quoting is fine", async () => {
    const name = `odd "name' ${randomUUID()}`;
    await query(home.url, `create database ${pg.escapeIdentifier(name)} template template0`);
    try {
      await set(databaseUrl(name), 1_500);
      expect(await query(databaseUrl(name), "show statement_timeout")).toEqual([
        { statement_timeout: "1500ms" },
      ]);
    } finally {
      await query(home.url, `drop database ${pg.escapeIdentifier(name)}`);
    }
  });

  test("ten at once succeed, for the first time and with changes", async () => {
    for (let round = 0; round < 3; round += 1) {
      const fresh = await createDatabase({ template: "template0" });
      await Promise.all(Array.from({ length: 10 }, () => set(fresh.url, 2_000)));
      await Promise.all(Array.from({ length: 10 }, (_, index) => set(fresh.url, 2_001 + index)));
      const [row] = await query<{ ms: string }>(
        fresh.url,
        "select current_setting('statement_timeout') as ms",
      );
      expect(row?.ms).toMatch(/^20(0[1-9]|10)ms$/);
      await fresh.drop();
    }
  });
});
