import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { type PublicCtx, transaction } from "@/lib/context";
import { users } from "@/lib/db/schema";
import { findUserByEmail } from "@/lib/users/users";
import { recordEvent } from "./events";
import { replacePassword } from "./password";
import { hashPassword } from "./passwords/hash";
import { markRevoked } from "./revocations";
import { revoke } from "./sessions";
import { createAccount } from "./sign-up";

const drawPassword = () => randomBytes(15).toString("base64url");

/** An account for somebody else, whether sign-up is open or not; its password is to be handed over. */
export async function createUserFor(ctx: PublicCtx, email: string): Promise<{ password: string }> {
  const password = drawPassword();
  await createAccount(ctx, { email, password });
  return { password };
}

/** A new password for somebody who cannot get one by mail. Every device is signed out, and no mailed link works. */
export async function resetUser(ctx: PublicCtx, email: string): Promise<{ password: string }> {
  const { id: userId } = await findUserByEmail(ctx, email);
  const password = drawPassword();
  const hash = await hashPassword(password);
  const detail = { by: "operator" };
  const ended = await transaction(ctx, (ctx) =>
    replacePassword(ctx, { userId, hash, kind: "password_reset", detail }),
  );
  markRevoked(ended);
  return { password };
}

/** Nobody signs in to a disabled account, and whoever is in it is out within 2 s. Nothing of it is lost. */
export async function setUserActive(ctx: PublicCtx, email: string, isActive: boolean): Promise<void> {
  const { id: userId } = await findUserByEmail(ctx, email);
  const ended = await transaction(ctx, async (ctx) => {
    await ctx.db.update(users).set({ isActive, updatedAt: sql`now()` }).where(eq(users.id, userId));
    await recordEvent(ctx, { userId, kind: isActive ? "user_enabled" : "user_disabled" });
    return isActive ? [] : revoke(ctx, { userId }, "user_disabled");
  });
  markRevoked(ended);
}
