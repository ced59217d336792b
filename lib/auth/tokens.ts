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

const Claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  scope: z.string(),
  auth_time: z.int(),
  exp: z.number(),
});

/** Clients of 2026 read user_id, email and name from the payload. */
export async function signAccessToken(
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
    .sign(await keyFor(keys.current.kid));
}

/** As many as are used at once; the oldest makes room. */
const KNOWN_TOKENS = 20_000;

const known = new Map<string, { actor: Actor; expiresAtMs: number }>();

/** Who the token speaks for. A signature that was good once stays good until the token expires. */
export async function verifyAccessToken(token: string): Promise<Actor> {
  const found = known.get(token);
  if (found && Date.now() < found.expiresAtMs) return found.actor;
  known.delete(token);
  const read = await readAccessToken(token);
  const [oldest] = known.size < KNOWN_TOKENS ? [] : known.keys();
  if (oldest !== undefined) known.delete(oldest);
  known.set(token, read);
  return read.actor;
}

/** One answer for everything that may be wrong with it. */
async function readAccessToken(token: string): Promise<{ actor: Actor; expiresAtMs: number }> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyFor(kid), {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["sub", "iat", "exp", "jti", "sid", "scope", "auth_time"],
      clockTolerance: SKEW_SECONDS,
    });
    const { sub, sid, scope, auth_time, exp } = Claims.parse(payload);
    const actor = {
      userId: sub,
      spaceId: sub,
      sessionId: sid,
      authenticatedAt: new Date(auth_time * 1000),
      scopes: scope.split(" ").filter(isScope),
    };
    return { actor, expiresAtMs: (exp + SKEW_SECONDS) * 1000 };
  } catch (cause) {
    throw new AppError("unauthenticated", "A valid access token is required.", { cause });
  }
}

/** Imported once: jose would do so at every token. */
const imported = new Map(
  [...keys.byKid].map(([kid, secret]) => [
    kid,
    crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]),
  ]),
);

async function keyFor(kid: string | undefined): Promise<CryptoKey> {
  const key = kid === undefined ? undefined : imported.get(kid);
  if (!key) throw new Error("The token names no key of ours.");
  return key;
}
