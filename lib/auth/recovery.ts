import { and, eq, sql } from "drizzle-orm";
import { type PublicCtx, transaction } from "@/lib/context";
import { accounts, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { useLink } from "./links";
import { noticePasswordChanged, sendReset } from "./notices";
import { replacePassword } from "./password";
import { hashPassword } from "./passwords/hash";
import { requireGoodPassword } from "./passwords/policy";
import { markRevoked } from "./revocations";
import { charge } from "./throttle";
import { mailCharges } from "./throttle-rules";

/** Answers the same, and as fast, whether there is such an account or not. */
export async function requestPasswordReset(ctx: PublicCtx, { email }: { email: string }): Promise<void> {
  await charge(ctx, mailCharges({ email, address: ctx.client?.address ?? null }));
  sendReset(ctx, { email });
}

/** A password that is refused leaves the link as it was. */
export async function resetPassword(
  ctx: PublicCtx,
  { token, password }: { token: string; password: string },
) {
  const { email, ended } = await transaction(ctx, async (ctx) => {
    const { userId } = await useLink(ctx, { purpose: "reset_password", secret: token });
    const { email, name, emailVerifiedAt } = await activeUser(ctx, userId);
    await requireGoodPassword(password, { email, name });
    const hash = await hashPassword(password);
    if (emailVerifiedAt === null) await claimAddress(ctx, userId);
    return { email, ended: await replacePassword(ctx, { userId, hash, kind: "password_reset" }) };
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
