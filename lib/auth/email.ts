import { eq, sql } from "drizzle-orm";
import { type Ctx, type PublicCtx, transaction } from "@/lib/context";
import { isUniqueViolation } from "@/lib/db/failures";
import { users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { recordEvent } from "./events";
import { dropLinks, useLink } from "./links";
import { noticeEmailChanged, sendVerification } from "./notices";
import { requireProof } from "./password";
import { getProfile, profileOf } from "./profile";
import { charge } from "./throttle";
import { mailCharges } from "./throttle-rules";

/** Mails a link to the address, which becomes the user's once it is followed. The address that is theirs gets a new one. */
export async function changeEmail(ctx: Ctx, { email, password }: { email: string; password?: string }) {
  const { userId, sessionId } = ctx.actor;
  const { email: current } = await getProfile(ctx);
  if (email !== current) {
    await requireProof(ctx, { email: current, password });
    await recordEvent(ctx, { userId, kind: "email_change_requested", sessionId });
  }
  await charge(ctx, mailCharges({ email, address: ctx.client?.address ?? null }));
  sendVerification(ctx, { userId, email });
}

export async function verifyEmail(ctx: PublicCtx, { token }: { token: string }) {
  const { oldEmail, newEmail } = await transaction(ctx, async (ctx) => {
    const { userId, email: newEmail } = await useLink(ctx, { purpose: "verify_email", secret: token });
    const { email: oldEmail } = await profileOf(ctx, userId);
    await setEmail(ctx, userId, newEmail);
    await dropLinks(ctx, { userId, purpose: "reset_password" });
    const kind = oldEmail === newEmail ? "email_verified" : "email_changed";
    await recordEvent(ctx, { userId, kind });
    return { oldEmail, newEmail };
  });
  if (oldEmail !== newEmail) noticeEmailChanged({ oldEmail, newEmail });
  return { email: newEmail };
}

async function setEmail({ db }: PublicCtx, userId: string, email: string): Promise<void> {
  const now = sql`now()`;
  await db
    .update(users)
    .set({ email, emailVerifiedAt: now, updatedAt: now })
    .where(eq(users.id, userId))
    .catch((error: unknown) => {
      throw isUniqueViolation(error)
        ? new AppError("conflict", "Another account has this e-mail address.")
        : error;
    });
}
