import { randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Actor } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { isScope, type Scope } from "@/lib/scopes";
import { keysFor } from "./keys";
import { ACCESS_TOKEN_SECONDS } from "./lifetimes";

const ALGORITHM = "HS256";
const TYPE = "at+jwt";
const ISSUER = "fourfold";
const AUDIENCE = "fourfold-api";
export const SKEW_SECONDS = 10;

const keys = keysFor("access token");

export type TokenSubject = {
  userId: string;
  email: string;
  name: string | null;
  sessionId: string;
  scopes: readonly Scope[];
  /** When the person last proved who they are. */
  authenticatedAt: Date;
};

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), scope: z.string(), auth_time: z.int() });

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
    sid: subject.sessionId,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keys.current.kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(subject.userId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds} s`)
    .sign(keys.current.secret);
}

/** Who the token speaks for. One answer for everything that may be wrong with it. */
export async function verifyAccessToken(token: string): Promise<Actor> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyFor(kid), {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["sub", "iat", "exp", "jti", "sid", "scope", "auth_time"],
      clockTolerance: SKEW_SECONDS,
    });
    const { sub, sid, scope, auth_time } = Claims.parse(payload);
    return {
      userId: sub,
      spaceId: sub,
      sessionId: sid,
      authenticatedAt: new Date(auth_time * 1000),
      scopes: scope.split(" ").filter(isScope),
    };
  } catch (cause) {
    throw new AppError("unauthenticated", "A valid access token is required.", { cause });
  }
}

function keyFor(kid: string | undefined): Uint8Array {
  const key = kid === undefined ? undefined : keys.byKid.get(kid);
  if (!key) throw new Error("The token names no key of ours.");
  return key;
}
