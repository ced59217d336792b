import { eq, sql } from "drizzle-orm";
import { inBackground } from "@/lib/background";
import { type Ctx, transaction } from "@/lib/context";
import { accounts, mailLinks, passwords, users } from "@/lib/db/schema";
import { purgeDeletedUsers } from "@/lib/users/purge";
import { recordEvent } from "./events";
import { requireProof } from "./password";
import { getProfile } from "./profile";
import { markRevoked } from "./revocations";
import { revoke } from "./sessions";

/** At once nobody can sign in any more and the address is free; what the board held follows in pieces. */
export async function deleteUser(ctx: Ctx, { password }: { password?: string }): Promise<void> {
  const { email } = await getProfile(ctx);
  await requireProof(ctx, { email, password });
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
