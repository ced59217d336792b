import { cookies } from "next/headers";
import { recordEvent } from "@/lib/auth/events";
import { revokeSessions } from "@/lib/auth/sessions";
import { browserContext } from "./context";
import { sessionCookie } from "./cookie";
import { openToken } from "./token";

/** The session first: a cookie that comes back, from a slow answer or a copy, opens nothing any more. */
export async function endBrowserSession(): Promise<void> {
  const jar = await cookies();
  const claims = await openToken(jar.get(sessionCookie.name)?.value);
  if (claims) {
    const ctx = await browserContext();
    const { sub: userId, sid: sessionId } = claims;
    const ended = await revokeSessions(ctx, { userId, sessionId }, "signed_out");
    if (ended.length > 0)
      await recordEvent(ctx, { userId, kind: "sign_out", sessionId, detail: { scope: "current" } });
  }
  jar.set({ name: sessionCookie.name, value: "", maxAge: 0, ...sessionCookie.options });
}
