import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPerson } from "@/e2e/factories";
import { createDatabase, query } from "@/e2e/support/database";
import { connect, type Database } from "@/lib/db/client";
import { purge } from "@/lib/jobs/purge";

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;

beforeAll(async () => {
  home = await createDatabase();
  database = connect({ url: home.url, poolMax: 4, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 });
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

const rows = <Row extends object>(text: string, values: unknown[] = []) =>
  query<Row & Record<string, unknown>>(home.url, text, values);

/** A board with `old` tasks in the trash since 31 days and one since 29, and as many changes of 46 and 44 days. */
async function oldBoard(old: number): Promise<string> {
  const { id } = await createPerson(home.url);
  await rows(
    `insert into tasks (space_id, id, title, position, deleted_at)
     select $1::uuid, gen_random_uuid(), 'Old', 'a0', now() - interval '31 days' from generate_series(1, $2::int)
     union all select $1::uuid, gen_random_uuid(), 'Young', 'a0', now() - interval '29 days'`,
    [id, old],
  );
  await rows(
    `insert into changes (space_id, seq, group_id, entity, entity_id, op, version, at, after, actor_id)
     select $1::uuid, n, gen_random_uuid(), 'task', gen_random_uuid(), 'create', 1,
       now() - make_interval(days => case when n <= $2::int then 46 else 44 end), '{}', $1::uuid
     from generate_series(1, $2::int + 1) n`,
    [id, old],
  );
  await rows("update spaces set seq = $2::int + 1, trashed_count = $2::int + 1 where id = $1", [id, old]);
  return id;
}

describe("the purge", () => {
  test("takes what is older than its time, and raises the floor of sync", async () => {
    const id = await oldBoard(3);
    const { purged, isComplete } = await purge({ db: database.db });
    expect({ ...purged, isComplete }).toMatchObject({ trash: 3, changes: 3, isComplete: true });
    const [space] = await rows("select seq, floor_seq, trashed_count from spaces where id = $1", [id]);
    expect(space).toEqual({ seq: "4", floor_seq: "3", trashed_count: 1 });
    expect(await rows("select title from tasks where space_id = $1", [id])).toEqual([{ title: "Young" }]);
    expect(await rows("select seq from changes where space_id = $1", [id])).toEqual([{ seq: "4" }]);
  });

  test("of many, ten at once: each row once, and the counts are right", async () => {
    const boards = await Promise.all(Array.from({ length: 8 }, () => oldBoard(900)));
    const results = await Promise.all(Array.from({ length: 10 }, () => purge({ db: database.db })));
    // Whoever finds a space held passes it over: the next one gets it.
    results.push(await purge({ db: database.db }));
    const total = (name: string) => results.reduce((sum, { purged }) => sum + (purged[name] ?? 0), 0);
    expect([total("trash"), total("changes")]).toEqual([7_200, 7_200]);
    const counts = await rows("select distinct trashed_count, floor_seq from spaces where id = any($1)", [
      boards,
    ]);
    expect(counts).toEqual([{ trashed_count: 1, floor_seq: "900" }]);
  });

  test("leaves a space that a writer holds, and does not wait for him", async () => {
    const id = await oldBoard(2);
    const holder = connect({
      url: home.url,
      poolMax: 1,
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 10_000,
    });
    const held = await holder.begin();
    await held.db.execute(`select 1 from spaces where id = '${id}' for no key update`);
    expect((await purge({ db: database.db })).purged).toMatchObject({ trash: 0, changes: 0 });
    await held.db.execute("rollback");
    held.release();
    await holder.close();
    expect((await purge({ db: database.db })).purged).toMatchObject({ trash: 2, changes: 2 });
  });

  test("takes keys of more than a day, dead links, and sessions long over", async () => {
    const { id, sessionId } = await createPerson(home.url);
    await rows(
      `insert into idempotency_keys (space_id, key, fingerprint, row, created_at) values
       ($1, 'old', 'x', '{}', now() - interval '25 hours'), ($1, 'young', 'x', '{}', now())`,
      [id],
    );
    await rows(
      `insert into mail_links (secret_hash, purpose, user_id, email, expires_at) values
       ('old', 'verify_email', $1, 'a', now() - interval '1 s'), ('young', 'verify_email', $1, 'a', now() + interval '1 h')`,
      [id],
    );
    await rows(
      `insert into throttles (key, attempts, started_at, last_at, ends_at) values
       ('old', 1, now(), now(), now() - interval '1 s'), ('young', 1, now(), now(), now() + interval '1 h')`,
    );
    const old = "now() - interval '31 days'";
    await rows(`update sessions set idle_expires_at = ${old}, absolute_expires_at = ${old} where id = $1`, [
      sessionId,
    ]);
    expect((await purge({ db: database.db })).purged).toMatchObject({
      keys: 1,
      links: 1,
      throttles: 1,
      sessions: 1,
    });
    expect(await rows("select key from idempotency_keys")).toEqual([{ key: "young" }]);
    expect(await rows("select key from throttles")).toEqual([{ key: "young" }]);
    expect(await rows("select secret_hash from mail_links")).toEqual([{ secret_hash: "young" }]);
  });
});
