import { createHash, hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

type Key = { kid: string; secret: Uint8Array };

/** Each purpose has a key of its own, so that no token can pass for one of another kind. */
function keyOf(authSecret: string): Key {
  const secret = new Uint8Array(hkdfSync("sha256", authSecret, "", "fourfold access token", 32));
  return { kid: createHash("sha256").update(secret).digest("base64url").slice(0, 8), secret };
}

const current = keyOf(env.AUTH_SECRET);

const others = [env.AUTH_SECRET_NEXT, env.AUTH_SECRET_RETIRED].flatMap((secret) =>
  secret ? [keyOf(secret)] : [],
);

/** Signs. */
export const signingKey = current;

/** Verify: what signs now, what will sign after a rotation, and what signed before it. */
export const verificationKeys: ReadonlyMap<string, Uint8Array> = new Map(
  [current, ...others].map(({ kid, secret }) => [kid, secret]),
);
