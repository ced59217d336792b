import { eq, sql } from "drizzle-orm";
import type { Ctx, PublicCtx } from "@/lib/context";
import { passwords, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { ChosenPreferences, PreferencesChange } from "./preferences";

const columns = {
  userId: users.id,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  name: users.name,
  isActive: users.isActive,
  preferences: sql<ChosenPreferences>`${users.preferences}`,
  hasPassword: sql<boolean>`exists (select from ${passwords} where ${passwords.userId} = ${users.id})`,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
};

export async function profileOf({ db }: PublicCtx, userId: string) {
  const [profile] = await db.select(columns).from(users).where(eq(users.id, userId));
  return profile ?? gone();
}

export const getProfile = (ctx: Ctx) => profileOf(ctx, ctx.actor.userId);

type ProfileChange = { name?: string | null; preferences?: PreferencesChange };

/** Preferences that are not named stay; null takes one back to its default. */
export async function updateProfile({ db, actor }: Ctx, { name, preferences }: ProfileChange) {
  const wire = preferences && JSON.stringify(preferences);
  const [profile] = await db
    .update(users)
    .set({
      ...(name !== undefined && { name }),
      ...(wire && { preferences: sql`jsonb_strip_nulls(${users.preferences} || ${wire}::jsonb)` }),
      updatedAt: sql`now()`,
    })
    .where(eq(users.id, actor.userId))
    .returning(columns);
  return profile ?? gone();
}

function gone(): never {
  throw new AppError("unauthenticated", "There is no such account.");
}
