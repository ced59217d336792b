import { createHash, hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

export type Key = { kid: string; secret: Uint8Array<ArrayBuffer> };

export type Keys = {
  /** Signs. */
  current: Key;
  /** Verify: what signs now, what will sign after a rotation, and what signed before it. The current one comes first. */
  byKid: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

const PURPOSES = new Map<string, Keys>();

/** Each purpose has keys of its own, so that nothing made for one can pass for another. */
export function keysFor(purpose: string): Keys {
  const known = PURPOSES.get(purpose);
  if (known) return known;
  const current = derive(env.AUTH_SECRET, purpose);
  const others = [env.AUTH_SECRET_NEXT, env.AUTH_SECRET_RETIRED].flatMap((secret) =>
    secret ? [derive(secret, purpose)] : [],
  );
  const keys = { current, byKid: new Map([current, ...others].map(({ kid, secret }) => [kid, secret])) };
  PURPOSES.set(purpose, keys);
  return keys;
}

function derive(authSecret: string, purpose: string): Key {
  const secret = new Uint8Array(hkdfSync("sha256", authSecret, "", `fourfold ${purpose}`, 32));
  return { kid: createHash("sha256").update(secret).digest("base64url").slice(0, 8), secret };
}
