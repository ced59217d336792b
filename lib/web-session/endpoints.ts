import { accessFor } from "@/lib/auth/grants";
import { profileOf } from "@/lib/auth/profile";
import type { PublicCtx } from "@/lib/context";
import { env, publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Incoming } from "@/lib/http/answer";
import { cookieValue } from "./cookie";
import { readSession, readSessionStrictly } from "./read";
import { refreshToken, type Successor } from "./refresh";
import { requireSameOrigin } from "./same-origin";
import { isDue, openToken } from "./token";

const tokenOf = ({ headers }: Incoming) => cookieValue(headers.get("cookie"));

/** Without an address of its own the service is found under any name of the machine, as the browser sends it. */
const ownOrigins = ({ headers }: Incoming) =>
  env.AUTH_URL || env.VERCEL ? [publicUrl] : [publicUrl, `http://${headers.get("host")}`];

/** Who is signed in, for scripts that want to know; the cookie stays as it is. */
export async function showSession(ctx: PublicCtx, request: Incoming) {
  const claims = await readSession(ctx, tokenOf(request));
  return claims && { user: { id: claims.sub }, expires: new Date(claims.exp * 1000) };
}

/**
 * The cookie for the next one, once it is due. Never before: then no answer that is on its way can bring back a cookie
 * that is two generations old, which would pass for a stolen one.
 */
export async function renewCookie(ctx: PublicCtx, request: Incoming): Promise<Successor | undefined> {
  requireSameOrigin(request, ownOrigins(request));
  const claims = await openToken(tokenOf(request));
  if (!claims) return refuse();
  if (isDue(claims)) return (await refreshToken(ctx, claims)) ?? refuse();
  return (await readSessionStrictly(ctx, tokenOf(request))) ? undefined : refuse();
}

/** The cookie for a token that the API takes: of the same session, and dead as soon as it is. */
export async function tradeForToken(ctx: PublicCtx, request: Incoming) {
  requireSameOrigin(request, ownOrigins(request));
  const claims = (await readSessionStrictly(ctx, tokenOf(request))) ?? refuse();
  const { email, name } = await profileOf(ctx, claims.sub);
  return accessFor({
    id: claims.sid,
    userId: claims.sub,
    email,
    name,
    kind: "web",
    generation: claims.gen,
    authenticatedAt: new Date(claims.auth_time * 1000),
    idleExpiresAt: new Date(claims.exp * 1000),
    absoluteExpiresAt: new Date(claims.aex * 1000),
  });
}

function refuse(): never {
  throw new AppError("unauthenticated", "Nobody is signed in here.");
}
