import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";
import { keysFor } from "@/lib/auth/keys";
import type { Session } from "@/lib/auth/sessions";

/** After this a navigation trades the cookie for the next one: long before it expires, so that nobody is too late. */
const ROTATE_AFTER_SECONDS = 10 * 60;

const ALGORITHM = "dir";
const ENCRYPTION = "A256GCM";

const keys = keysFor("web session");

/** What the browser's cookie says, and nothing about the person. Seconds since 1970. */
export const Claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  gen: z.int().min(0),
  /** When it is due to be rotated. */
  rat: z.int(),
  /** When the session ends, however busy it was. */
  aex: z.int(),
  /** When it ends unless it is used. */
  exp: z.int(),
  auth_time: z.int(),
  amr: z.array(z.string()),
});

export type Claims = z.output<typeof Claims>;

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

export const nowSeconds = () => Math.floor(Date.now() / 1000);

export const isDue = ({ rat }: Claims) => nowSeconds() > rat;

export function claimsOf(session: Session, amr: string[]): Claims {
  const aex = seconds(session.absoluteExpiresAt);
  return {
    sub: session.userId,
    sid: session.id,
    gen: session.generation,
    rat: nowSeconds() + ROTATE_AFTER_SECONDS,
    aex,
    exp: Math.min(seconds(session.idleExpiresAt), aex),
    auth_time: seconds(session.authenticatedAt),
    amr,
  };
}

/** Encrypted, so that who holds the cookie cannot read which session or user it is. */
export function sealToken(claims: Claims): Promise<string> {
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION, kid: keys.current.kid })
    .setIssuedAt()
    .setExpirationTime(Math.min(claims.exp, claims.aex))
    .encrypt(keys.current.secret);
}

/** Null for whatever is not a token of ours or has expired. Asks no database. */
export async function openToken(token: string | undefined): Promise<Claims | null> {
  if (!token) return null;
  const opened = await jwtDecrypt(token, ({ kid }) => keyFor(kid), {
    keyManagementAlgorithms: [ALGORITHM],
    contentEncryptionAlgorithms: [ENCRYPTION],
    requiredClaims: ["exp"],
  }).catch(() => undefined);
  return Claims.safeParse(opened?.payload).data ?? null;
}

function keyFor(kid: string | undefined): Uint8Array {
  const key = kid === undefined ? undefined : keys.byKid.get(kid);
  if (!key) throw new Error("The token names no key of ours.");
  return key;
}
