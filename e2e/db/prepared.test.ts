import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { LANES, openLane } from "@/e2e/support/lane";
import { ctxOf, newSpace } from "@/e2e/support/sync-client";
import type { Database } from "@/lib/db/client";
import { syncChanges } from "@/lib/sync/sync";
import { encodeSyncToken } from "@/lib/sync/token";
import { listTasks } from "@/lib/tasks/list-tasks";
import { createTask, findTask } from "@/lib/tasks/tasks";

let home: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  home = await createDatabase();
});
afterAll(() => home.drop());

/** What the one connection knows by a name. */
async function namedIn({ db }: Database): Promise<string[]> {
  const { rows } = await db.execute<{ statement: string }>(
    sql`select statement from pg_prepared_statements where statement not like '%pg_prepared%'`,
  );
  return rows.map(({ statement }) => statement);
}

async function use(database: Database): Promise<void> {
  const ctx = ctxOf(database, await newSpace(database));
  const token = encodeSyncToken(ctx.actor.spaceId, { seq: 0, after: null });
  for (const title of ["A", "B"]) {
    const { id } = await createTask(ctx, { title });
    await findTask(ctx, id);
    await listTasks(ctx, { sortBy: "created_at", sortOrder: "desc", limit: 50, count: false });
    for (const since of [token, undefined])
      await syncChanges(ctx, { token: since, limit: 100, wait: 0 }, new AbortController().signal);
  }
}

describe.each(LANES.slice(0, 2))("through $name", (kind) => {
  test("a statement that is sent again has a name; of the pages, only the changes since a token", async () => {
    const lane = await openLane(home.url, kind);
    const database = lane.connect({ poolMax: 1 });
    await use(database);
    const named = await namedIn(database);
    await lane.close();
    expect(named.filter((text) => text.includes("logged as"))).toHaveLength(1);
    expect(named.filter((text) => /^select .* from "tasks"/.test(text))).toHaveLength(1);
    const pages = named.filter((text) => text.includes("limit"));
    expect(pages).toEqual([expect.stringContaining('from "changes" c left join')]);
  });

  test("where the pooler knows no names, nothing has one", async () => {
    const lane = await openLane(home.url, kind);
    const database = lane.connect({ poolMax: 1, isPreparing: false });
    await use(database);
    const named = await namedIn(database);
    await lane.close();
    expect(named).toEqual([]);
  });
});
