import { and, eq, sql } from "drizzle-orm";
import { inBackground } from "@/lib/background";
import type { PublicCtx } from "@/lib/context";
import { passwords, sessions, users } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { deviceOf } from "./device";
import { recordEvent } from "./events";
import { accessFor, grantFor } from "./grants";
import { LEGACY_TOKEN_SECONDS } from "./lifetimes";
import { hashPassword, verifyPassword } from "./passwords/hash";
import { profileOf } from "./profile";
import { openSession } from "./sessions";
import { charge, refund } from "./throttle";
import { signInCharges } from "./throttle-rules";

export type Credentials = { email: string; password: string };

/** The API's sign-in: a session of this client, and what it needs to go on. */
export async function signIn(ctx: PublicCtx, credentials: Credentials) {
  const { userId } = await signInWithPassword(ctx, credentials);
  return enter(ctx, userId);
}

/** What sign-up and sign-in answer. */
export async function enter(ctx: PublicCtx, userId: string) {
  const session = await openSession(ctx, { userId, kind: "api", method: "password" });
  const legacy = env.LEGACY_TOKENS === "on" && (await accessFor(session, LEGACY_TOKEN_SECONDS));
  return {
    ...(await profileOf(ctx, userId)),
    ...(await grantFor(session)),
    ...(legacy && { token: legacy.accessToken }),
  };
}

/** The only place where a password opens anything: whoever comes in, by whatever door, is counted and slowed down here. */
export async function signInWithPassword(ctx: PublicCtx, { email, password }: Credentials) {
  const found = await findByEmail(ctx, email);
  const charges = signInCharges({
    email,
    address: ctx.client?.address ?? null,
    isKnownPlace: found?.isKnownPlace ?? false,
  });
  await charge(ctx, charges);
  const old = found?.hash ?? null;
  const { isRight, needsRehash } = await verifyPassword(old, password);
  if (!found || !old || !isRight || !found.isActive) {
    if (found) inBackground(() => recordEvent(ctx, { userId: found.id, kind: "sign_in_failed" }));
    throw new AppError("unauthenticated", "The e-mail address or the password is wrong.");
  }
  if (needsRehash) inBackground(() => replaceHash(ctx, found.id, old, password));
  await refund(ctx, charges);
  return { userId: found.id };
}

async function findByEmail({ db, client }: PublicCtx, email: string) {
  const { addressPrefix } = deviceOf(client);
  const isKnownPlace = sql<boolean>`exists (select from ${sessions} where ${sessions.userId} = ${users.id}
    and ${sessions.addressPrefix} = ${addressPrefix}::text)`;
  const [found] = await db
    .select({ id: users.id, isActive: users.isActive, hash: passwords.hash, isKnownPlace })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(sql`lower(${users.email}) = lower(${email})`);
  return found;
}

/** Unless the password was changed meanwhile. */
async function replaceHash({ db }: PublicCtx, userId: string, old: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await db
    .update(passwords)
    .set({ hash })
    .where(and(eq(passwords.userId, userId), eq(passwords.hash, old)));
}
