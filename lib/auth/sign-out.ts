import type { Ctx } from "@/lib/context";
import { recordEvent } from "./events";
import { revokeSessions } from "./sessions";

export const SIGN_OUT_SCOPES = ["current", "others", "all"] as const;

type SignOutScope = (typeof SIGN_OUT_SCOPES)[number];

/** At once, on every device that the scope names. */
export async function signOut(
  ctx: Ctx,
  { scope }: { scope: SignOutScope },
): Promise<{ success: true; message: string }> {
  const { userId, sessionId } = ctx.actor;
  const which = {
    current: { userId, sessionId },
    others: { userId, exceptSessionId: sessionId },
    all: { userId },
  }[scope];
  const ended = await revokeSessions(ctx, which, "signed_out");
  if (ended.length > 0) await recordEvent(ctx, { userId, kind: "sign_out", sessionId, detail: { scope } });
  return { success: true, message: "Signed out." };
}
