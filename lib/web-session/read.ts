import { isRevoked } from "@/lib/auth/revocations";
import { isLive } from "@/lib/auth/sessions";
import type { PublicCtx } from "@/lib/context";
import { isUnavailable } from "@/lib/db/failures";
import { AppError } from "@/lib/errors";
import { type Claims, isDue, openToken } from "./token";

/** Who a cookie speaks for. A read writes nothing: neither the cookie nor the database. */
export async function readSession({ db }: PublicCtx, token: string | undefined): Promise<Claims | null> {
  const claims = await openToken(token);
  if (!claims) return null;
  if (isDue(claims)) return readStrictly({ db }, claims);
  return (await orUnavailable(isRevoked(db, claims.sid))) ? null : claims;
}

/** Asks the database, so that a session that was ended anywhere is refused at once. */
export async function readSessionStrictly(ctx: PublicCtx, token: string | undefined): Promise<Claims | null> {
  const claims = await openToken(token);
  return claims && readStrictly(ctx, claims);
}

async function readStrictly({ db }: PublicCtx, claims: Claims): Promise<Claims | null> {
  const { sub: userId, sid: sessionId, gen: generation } = claims;
  return (await orUnavailable(isLive({ db }, { userId, sessionId, generation }))) ? claims : null;
}

/** A database that is gone says nothing about the session: whoever asked must not take it for a sign-out. */
function orUnavailable<T>(work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    throw isUnavailable(cause)
      ? new AppError("unavailable", "The database cannot answer.", { cause })
      : cause;
  });
}
