import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { eq, sql } from "drizzle-orm";
import type { NextAuthConfig } from "next-auth";
import { recordEvent } from "@/lib/auth/events";
import { sendVerification } from "@/lib/auth/notices";
import { type PublicCtx, transaction } from "@/lib/context";
import { accounts, users } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createUser } from "@/lib/users/users";
import { browserContext } from "./context";
import type { ProviderUser } from "./oauth";

type Adapter = NonNullable<NextAuthConfig["adapter"]>;

type Tables = Parameters<typeof DrizzleAdapter>[1];

/**
 * Its types ask for columns that Auth.js would fill if it were let: a provider's tokens, a picture. Ours have none of
 * them, and Drizzle leaves out what a table has no column for, so no token of a provider is ever stored.
 */
const tables = { usersTable: users, accountsTable: accounts } as unknown as Tables;

const stock = ({ db }: PublicCtx): Adapter =>
  DrizzleAdapter(db as unknown as Parameters<typeof DrizzleAdapter>[0], tables);

const unknownUser = { emailVerified: null };

/** What Auth.js asks the database while somebody signs in through a provider; it keeps no session there. */
export const adapter: Adapter = {
  getUser: async (id) => (await stock(await browserContext()).getUser?.(id)) ?? null,

  getUserByAccount: async (account) =>
    (await stock(await browserContext()).getUserByAccount?.(account)) ?? null,

  getUserByEmail: async (email) => {
    const { db } = await browserContext();
    const [user] = await db
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(sql`lower(${users.email}) = lower(${email.trim()})`);
    return user ? { ...user, ...unknownUser } : null;
  },

  createUser: async (profile) => {
    const user = await enrol(await browserContext(), profile as unknown as ProviderUser);
    return { ...user, ...unknownUser };
  },

  linkAccount: async (account) => {
    await transaction(await browserContext(), async (ctx) => {
      await stock(ctx).linkAccount?.(account);
      const { userId, provider } = account;
      await recordEvent(ctx, { userId, kind: "account_linked", detail: { provider } });
    });
  },
};

async function enrol(ctx: PublicCtx, { email, name, isEmailVerified, provider }: ProviderUser) {
  if (env.SIGNUPS === "closed")
    throw new AppError("forbidden", "New accounts are made by the operator here.");
  const address = email?.trim().toLowerCase();
  if (!address) throw new AppError("invalid", "The provider names no e-mail address.");
  const user = await transaction(ctx, async (ctx) => {
    const user = await createUser(ctx, { email: address, name: name?.slice(0, 255) ?? null });
    if (isEmailVerified)
      await ctx.db.update(users).set({ emailVerifiedAt: sql`now()` }).where(eq(users.id, user.id));
    await recordEvent(ctx, { userId: user.id, kind: "sign_up", detail: { method: provider } });
    return user;
  });
  if (!isEmailVerified) sendVerification(ctx, { userId: user.id, email: address });
  return user;
}
