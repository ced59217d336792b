import { type Ctx, type PublicCtx, transaction } from "@/lib/context";
import { passwords } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { recordEvent } from "./events";
import { FRESH_SECONDS } from "./lifetimes";
import { dropLinks } from "./links";
import { noticePasswordChanged } from "./notices";
import { hashPassword } from "./passwords/hash";
import { requireGoodPassword } from "./passwords/policy";
import { profileOf } from "./profile";
import { markRevoked } from "./revocations";
import { revoke } from "./sessions";
import { signInWithPassword } from "./sign-in";

type PasswordChange = { currentPassword?: string; newPassword: string };

/** Every other device has to sign in again. */
export async function changePassword(ctx: Ctx, { currentPassword, newPassword }: PasswordChange) {
  const { userId, sessionId } = ctx.actor;
  const { email, name, hasPassword } = await profileOf(ctx, userId);
  if (hasPassword && currentPassword === undefined)
    throw new AppError("forbidden", "The current password is needed to change it.");
  await requireProof(ctx, currentPassword);
  await requireGoodPassword(newPassword, { email, name }, "new_password");
  const hash = await hashPassword(newPassword);
  const ended = await transaction(ctx, async (ctx) => {
    await storePassword(ctx, userId, hash);
    await dropLinks(ctx, { userId });
    await recordEvent(ctx, { userId, kind: "password_changed", sessionId });
    return revoke(ctx, { userId, exceptSessionId: sessionId }, "password_changed");
  });
  markRevoked(ended);
  noticePasswordChanged({ email });
}

/** Whoever does what cannot be undone shows the password, or has just signed in. */
export async function requireProof(ctx: Ctx, password: string | undefined): Promise<void> {
  const { userId, authenticatedAt } = ctx.actor;
  if (password === undefined) {
    const isFresh = Date.now() - authenticatedAt.getTime() <= FRESH_SECONDS * 1000;
    if (!isFresh) throw new AppError("forbidden", "Send your password, or sign in anew and try again.");
    return;
  }
  const { email } = await profileOf(ctx, userId);
  await signInWithPassword(ctx, { email, password }).catch((error: unknown) => {
    const isWrong = error instanceof AppError && error.code === "unauthenticated";
    throw isWrong ? new AppError("forbidden", "The password is wrong.") : error;
  });
}

export async function storePassword({ db }: PublicCtx, userId: string, hash: string): Promise<void> {
  const updatedAt = new Date();
  await db
    .insert(passwords)
    .values({ userId, hash, updatedAt })
    .onConflictDoUpdate({ target: passwords.userId, set: { hash, updatedAt } });
}
