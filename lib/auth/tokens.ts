import { randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Actor } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { isScope, type Scope } from "@/lib/scopes";
import { signingKey, verificationKeys } from "./keys";

const ALGORITHM = "HS256";
const TYPE = "at+jwt";
const ISSUER = "fourfold";
const AUDIENCE = "fourfold-api";
const SKEW_SECONDS = 10;

export const ACCESS_TOKEN_SECONDS = 5 * 60;

export type TokenSubject = {
  userId: string;
  email: string;
  name: string | null;
  sessionId: string | null;
  scopes: readonly Scope[];
  /** When the person last proved who they are. */
  authenticatedAt: Date;
};

const Claims = z.object({ sub: z.uuid(), sid: z.uuid().optional(), scope: z.string(), exp: z.number() });

/** Clients of 2026 read user_id, email and name from the payload. */
export function signAccessToken(
  subject: TokenSubject,
  lifetimeSeconds = ACCESS_TOKEN_SECONDS,
): Promise<string> {
  const claims = {
    scope: subject.scopes.join(" "),
    auth_time: Math.floor(subject.authenticatedAt.getTime() / 1000),
    user_id: subject.userId,
    email: subject.email,
    name: subject.name,
    ...(subject.sessionId && { sid: subject.sessionId }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: signingKey.kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(subject.userId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds} s`)
    .sign(signingKey.secret);
}

/** Who the token speaks for. One answer for everything that may be wrong with it. */
export async function verifyAccessToken(token: string): Promise<Actor> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyFor(kid), {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["sub", "iat", "exp", "jti", "scope"],
      clockTolerance: SKEW_SECONDS,
    });
    const { sub, sid, scope } = Claims.parse(payload);
    return { userId: sub, spaceId: sub, sessionId: sid ?? null, scopes: scope.split(" ").filter(isScope) };
  } catch (cause) {
    throw new AppError("unauthenticated", "A valid access token is required.", { cause });
  }
}

function keyFor(kid: string | undefined): Uint8Array {
  const key = kid === undefined ? undefined : verificationKeys.get(kid);
  if (!key) throw new Error("The token names no key of ours.");
  return key;
}
