import { sql } from "drizzle-orm";
import { inBackground } from "@/lib/background";
import type { PublicCtx } from "@/lib/context";
import { databaseOf } from "@/lib/db/client";
import { users } from "@/lib/db/schema";
import { sendMail } from "@/lib/mail/mail";
import {
  addressChanged,
  passwordChanged,
  resetPassword,
  signInCopied,
  verifyAddress,
} from "@/lib/mail/messages";
import { recordEvent } from "./events";
import { createLink, LINK_SECONDS } from "./links";

export function sendVerification(ctx: PublicCtx, { userId, email }: { userId: string; email: string }): void {
  requireNoTransaction(ctx);
  inBackground(async () => {
    const secret = await createLink(ctx, { purpose: "verify_email", userId, email });
    await sendMail(verifyAddress({ to: email, secret, lifetimeSeconds: LINK_SECONDS.verify_email }));
  });
}

/** To a stranger nothing is sent, and the caller cannot tell: it looks after the answer. */
export function sendReset(ctx: PublicCtx, { email: asked }: { email: string }): void {
  requireNoTransaction(ctx);
  inBackground(async () => {
    const { rows } = await ctx.db.execute<{ id: string; email: string }>(
      sql`select id, email from ${users} where lower(email) = lower(${asked}) and is_active`,
    );
    const [user] = rows;
    if (!user) return;
    await recordEvent(ctx, { userId: user.id, kind: "password_reset_requested" });
    const { id: userId, email } = user;
    const secret = await createLink(ctx, { purpose: "reset_password", userId, email });
    await sendMail(resetPassword({ to: email, secret, lifetimeSeconds: LINK_SECONDS.reset_password }));
  });
}

export function noticePasswordChanged({ email }: { email: string }): void {
  inBackground(() => sendMail(passwordChanged({ to: email })));
}

/** To the old address: whoever reads the new one knows. */
export function noticeEmailChanged({ oldEmail, newEmail }: { oldEmail: string; newEmail: string }): void {
  inBackground(() => sendMail(addressChanged({ to: oldEmail, newAddress: newEmail })));
}

/** A credential was used after its successor had been. */
export function noticeReuse({ email }: { email: string }): void {
  inBackground(() => sendMail(signInCopied({ to: email })));
}

/** Its handle would be gone by then, and what it did perhaps undone. */
function requireNoTransaction({ db }: PublicCtx): void {
  if (!databaseOf(db)) throw new Error("Mail with a link is sent after the transaction, not in it.");
}
