import { type Ctx, type PublicCtx, transaction } from "@/lib/context";
import { passwords } from "@/lib/db/schema";
import type { EventDetail } from "@/lib/db/schema/security-events";
import { AppError } from "@/lib/errors";
import { recordEvent } from "./events";
import { FRESH_SECONDS } from "./lifetimes";
import { dropLinks } from "./links";
import { noticePasswordChanged } from "./notices";
import { hashPassword } from "./passwords/hash";
import { requireGoodPassword } from "./passwords/policy";
import { getProfile } from "./profile";
import { markRevoked } from "./revocations";
import { revoke } from "./sessions";
import { signInWithPassword } from "./sign-in";

type PasswordChange = { currentPassword?: string; newPassword: string };

/** Every other device has to sign in again. */
export async function changePassword(ctx: Ctx, { currentPassword, newPassword }: PasswordChange) {
  const { userId, sessionId } = ctx.actor;
  const { email, name, hasPassword } = await getProfile(ctx);
  if (hasPassword && currentPassword === undefined)
    throw new AppError("forbidden", "The current password is needed to change it.");
  await requireProof(ctx, { email, password: currentPassword });
  await requireGoodPassword(newPassword, { email, name }, "new_password");
  const hash = await hashPassword(newPassword);
  const ended = await transaction(ctx, (ctx) =>
    replacePassword(ctx, { userId, hash, kind: "password_changed", sessionId }),
  );
  markRevoked(ended);
  noticePasswordChanged({ email });
}

/** Whoever does what cannot be undone shows the password, or has just signed in. */
export async function requireProof(
  ctx: Ctx,
  { email, password }: { email: string; password?: string },
): Promise<void> {
  if (password === undefined) {
    const isFresh = Date.now() - ctx.actor.authenticatedAt.getTime() <= FRESH_SECONDS * 1000;
    if (!isFresh) throw new AppError("forbidden", "Send your password, or sign in anew and try again.");
    return;
  }
  await signInWithPassword(ctx, { email, password }).catch((error: unknown) => {
    const isWrong = error instanceof AppError && error.code === "unauthenticated";
    throw isWrong ? new AppError("forbidden", "The password is wrong.") : error;
  });
}

type NewPassword = {
  userId: string;
  hash: string;
  kind: "password_changed" | "password_reset";
  /** The device that stays signed in. */
  sessionId?: string;
  detail?: EventDetail;
};

/**
 * Whoever had the old password is out, and cannot come back by a link that was mailed before. Says which sessions have
 * ended, for `markRevoked` after the commit.
 */
export async function replacePassword(ctx: PublicCtx, { userId, hash, ...how }: NewPassword) {
  const { kind, sessionId, detail } = how;
  const updatedAt = new Date();
  await ctx.db
    .insert(passwords)
    .values({ userId, hash, updatedAt })
    .onConflictDoUpdate({ target: passwords.userId, set: { hash, updatedAt } });
  await dropLinks(ctx, { userId });
  await recordEvent(ctx, { userId, kind, sessionId, detail });
  return revoke(ctx, { userId, exceptSessionId: sessionId }, kind);
}
