import { rotateSession } from "@/lib/auth/rotate";
import type { PublicCtx } from "@/lib/context";
import { type Claims, claimsOf, sealToken } from "./token";

export type Successor = { value: string; expiresAt: Date };

/** The next cookie of the session; undefined when there is none, because it has ended. Throws when nobody can tell. */
export async function refreshToken(ctx: PublicCtx, claims: Claims): Promise<Successor | undefined> {
  const rotation = await rotateSession(ctx, {
    sessionId: claims.sid,
    generation: claims.gen,
    kind: "web",
  });
  if (!("session" in rotation)) return undefined;
  const next = claimsOf(rotation.session, claims.amr);
  return { value: await sealToken(next), expiresAt: new Date(next.exp * 1000) };
}
