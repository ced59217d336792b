import { cookies } from "next/headers";
import type { Account } from "next-auth";
import { openSession, revokeSessions } from "@/lib/auth/sessions";
import { browserContext } from "./context";
import { sessionCookie } from "./cookie";
import { refusalFor } from "./refusals";
import { type Claims, claimsOf, openToken } from "./token";

/** The session of this browser for whoever has just proved who they are. What the browser had before ends with it. */
export async function beginSession(
  userId: string,
  { type, provider }: Pick<Account, "type" | "provider">,
): Promise<Claims> {
  try {
    const ctx = await browserContext();
    const former = await openToken((await cookies()).get(sessionCookie.name)?.value);
    const isPassword = type === "credentials";
    const method = isPassword ? "password" : provider;
    const isOwn = former?.sub === userId;
    const session = await openSession(ctx, {
      userId,
      kind: "web",
      method,
      replaces: isOwn ? former.sid : null,
    });
    if (former && !isOwn)
      await revokeSessions(ctx, { userId: former.sub, sessionId: former.sid }, "replaced");
    return claimsOf(session, [isPassword ? "pwd" : "fed"]);
  } catch (error) {
    throw refusalFor(error);
  }
}
