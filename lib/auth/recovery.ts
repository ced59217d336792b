import { and, eq, sql } from "drizzle-orm";
import { type PublicCtx, transaction } from "@/lib/context";
import { accounts, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { recordEvent } from "./events";
import { dropLinks, useLink } from "./links";
import { noticePasswordChanged, sendReset } from "./notices";
import { storePassword } from "./password";
import { hashPassword } from "./passwords/hash";
import { requireGoodPassword } from "./passwords/policy";
import { markRevoked } from "./revocations";
import { revoke } from "./sessions";
import { charge } from "./throttle";
import { mailCharges } from "./throttle-rules";

/** Answers the same, and as fast, whether there is such an account or not. */
export async function requestPasswordReset(ctx: PublicCtx, { email }: { email: string }): Promise<void> {
  await charge(ctx, mailCharges({ email, address: ctx.client?.address ?? null }));
  sendReset(ctx, { email });
}

/**
 * Ends every session and every mailed link: whoever had the old password is out, and cannot come back by a new address.
 * A password that is refused leaves the link as it was.
 */
export async function resetPassword(
  ctx: PublicCtx,
  { token, password }: { token: string; password: string },
) {
  const { email, ended } = await transaction(ctx, async (ctx) => {
    const { userId } = await useLink(ctx, { purpose: "reset_password", secret: token });
    const { email, name, emailVerifiedAt } = await activeUser(ctx, userId);
    await requireGoodPassword(password, { email, name });
    await storePassword(ctx, userId, await hashPassword(password));
    await dropLinks(ctx, { userId });
    if (emailVerifiedAt === null) await claimAddress(ctx, userId);
    await recordEvent(ctx, { userId, kind: "password_reset" });
    return { email, ended: await revoke(ctx, { userId }, "password_reset") };
  });
  markRevoked(ended);
  noticePasswordChanged({ email });
}

/** Whoever reads the mail owns the account; what was linked to it before that was proved may be somebody else's. */
async function claimAddress({ db }: PublicCtx, userId: string): Promise<void> {
  await db.delete(accounts).where(eq(accounts.userId, userId));
  await db.update(users).set({ emailVerifiedAt: sql`now()` }).where(eq(users.id, userId));
}

async function activeUser({ db }: PublicCtx, userId: string) {
  const isThere = and(eq(users.id, userId), eq(users.isActive, true));
  const [user] = await db
    .select({ email: users.email, name: users.name, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(isThere)
    .for("no key update");
  if (!user) throw new AppError("forbidden", "This account is closed.");
  return user;
}
