import { eq, isNotNull, sql } from "drizzle-orm";
import { inBackground } from "@/lib/background";
import { type Ctx, type PublicCtx, transaction } from "@/lib/context";
import { accounts, changes, mailLinks, passwords, tasks, users } from "@/lib/db/schema";
import { recordEvent } from "./events";
import { requireProof } from "./password";
import { markRevoked } from "./revocations";
import { revoke } from "./sessions";

const BATCH_ROWS = 5_000;

/** At once nobody can sign in any more and the address is free; what the board held follows in pieces. */
export async function deleteUser(ctx: Ctx, { password }: { password?: string }): Promise<void> {
  await requireProof(ctx, password);
  const { userId, sessionId } = ctx.actor;
  const ended = await transaction(ctx, async (ctx) => {
    await ctx.db
      .update(users)
      .set({ email: `${userId}@deleted.invalid`, name: null, isActive: false, deletedAt: sql`now()` })
      .where(eq(users.id, userId));
    for (const table of [passwords, accounts, mailLinks])
      await ctx.db.delete(table).where(eq(table.userId, userId));
    await recordEvent(ctx, { userId, kind: "user_deleted", sessionId });
    return revoke(ctx, { userId }, "user_deleted");
  });
  markRevoked(ended);
  inBackground(() => purgeDeletedUsers(ctx));
}

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
