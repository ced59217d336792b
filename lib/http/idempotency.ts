import { createHash } from "node:crypto";
import type { Incoming } from "@/lib/http/answer";
import { targetOf } from "@/lib/http/target";
import { invalid } from "@/lib/http/validate";
import type { Idempotency } from "@/lib/write";

const KEY = /^[\x20-\x7e]{1,255}$/;

export function readIdempotencyKey({ headers }: Incoming): string | null {
  const key = headers.get("idempotency-key");
  if (key === null || KEY.test(key)) return key;
  const message = "must be 1 to 255 printable ASCII characters";
  throw invalid([{ path: "Idempotency-Key", code: "invalid_format", message }]);
}

export function identify(request: Incoming, key: string, body: Uint8Array): Idempotency {
  const { pathname, search } = targetOf(request);
  const fingerprint = createHash("sha256").update(`${request.method} ${pathname}${search}\n`).update(body);
  return { key, fingerprint: fingerprint.digest() };
}
