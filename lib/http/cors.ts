import type { Incoming } from "@/lib/http/answer";
import type { HeaderRecord } from "@/lib/http/headers";

const EXPOSED = [
  "ETag",
  "Location",
  "Link",
  "Deprecation",
  "Retry-After",
  "RateLimit",
  "RateLimit-Policy",
  "X-Request-Id",
  "X-Change-Id",
  "Idempotent-Replayed",
].join(", ");

const ACCEPTED = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id";

export type Cors = (headers: HeaderRecord, request: Incoming) => void;

/** Exact origins only and never with credentials: the API knows no cookies. */
export function createCors(allowedOrigins: readonly string[]): Cors {
  const allowed = new Set(allowedOrigins);
  return (headers, request) => {
    if (allowed.size === 0) return;
    headers.vary = "Origin";
    const origin = request.headers.get("origin");
    if (origin === null || !allowed.has(origin)) return;
    headers["access-control-allow-origin"] = origin;
    headers["access-control-expose-headers"] = EXPOSED;
  };
}

/** Completes the answer to a preflight request of an origin that `createCors` has let in. */
export function allowPreflight(headers: HeaderRecord, request: Incoming, methods: string): void {
  const isPreflight = request.headers.get("access-control-request-method") !== null;
  if (!isPreflight || headers["access-control-allow-origin"] === undefined) return;
  headers["access-control-allow-methods"] = methods;
  headers["access-control-allow-headers"] = ACCEPTED;
  headers["access-control-max-age"] = "7200";
}
