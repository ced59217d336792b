import { and, asc, eq, sql } from "drizzle-orm";
import { type Ctx, transaction } from "@/lib/context";
import { accounts, passwords, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { recordEvent } from "./events";

export async function listAccounts({ db, actor }: Ctx) {
  const rows = await db
    .select({ provider: accounts.provider, createdAt: accounts.createdAt })
    .from(accounts)
    .where(eq(accounts.userId, actor.userId))
    .orderBy(asc(accounts.provider));
  return { accounts: rows };
}

/** Never the last way in. */
export function unlinkAccount(ctx: Ctx, provider: string): Promise<void> {
  const { userId, sessionId } = ctx.actor;
  return transaction(ctx, async (ctx) => {
    const isOwn = eq(users.id, userId);
    await ctx.db.select({ id: users.id }).from(users).where(isOwn).for("no key update");
    const isThis = and(eq(accounts.userId, userId), eq(accounts.provider, provider));
    const removed = await ctx.db.delete(accounts).where(isThis).returning({ provider: accounts.provider });
    if (removed.length === 0) throw new AppError("not_found", "No such account is linked.");
    const { rows } = await ctx.db.execute(sql`
      select 1 from ${passwords} where user_id = ${userId}::uuid
      union all select 1 from ${accounts} where user_id = ${userId}::uuid limit 1`);
    if (rows.length === 0)
      throw new AppError("conflict", "This is the only way into the account: set a password first.");
    await recordEvent(ctx, { userId, kind: "account_unlinked", sessionId, detail: { provider } });
  });
}
