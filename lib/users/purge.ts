import { eq, isNotNull, sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";
import { changes, tasks, users } from "@/lib/db/schema";

const BATCH_ROWS = 5_000;

/** Bounded statements, in any number of processes at once; whatever was left by a crash is found by the next. */
export async function purgeDeletedUsers({ db }: PublicCtx): Promise<void> {
  const gone = await db.select({ id: users.id }).from(users).where(isNotNull(users.deletedAt));
  for (const { id } of gone) {
    for (const table of [tasks, changes])
      for (;;) {
        const { rowCount } = await db.execute(sql`
          delete from ${table} where ctid = any(array(
            select ctid from ${table} where space_id = ${id}::uuid limit ${BATCH_ROWS} for update skip locked))`);
        if ((rowCount ?? 0) < BATCH_ROWS) break;
      }
    await db.delete(users).where(eq(users.id, id));
  }
}
