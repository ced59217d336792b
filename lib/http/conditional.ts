import type { Incoming } from "@/lib/http/answer";
import { invalid } from "@/lib/http/validate";

const TAGS = /^(W\/)?"[^"]*"(\s*,\s*(W\/)?"[^"]*")*$/;
const VERSION_TAG = /"([1-9]\d{0,8})"/g;

export const etagOf = (version: number) => `"${version}"`;

/**
 * The versions that a write accepts; null for any. A tag that is no version of ours matches nothing.
 * Weak tags count, against RFC 9110: proxies that compress weaken ours, and a version names a state, not bytes.
 */
export function readIfMatch({ headers }: Incoming): readonly number[] | null {
  const header = headers.get("if-match");
  if (header === null || header === "*") return null;
  if (!TAGS.test(header))
    throw invalid([{ path: "If-Match", code: "invalid_format", message: "must be an ETag or *" }]);
  return Array.from(header.matchAll(VERSION_TAG), ([, version]) => Number(version));
}

/** A body may carry the version instead of the header; both must then mean the same. */
export function acceptedVersions(ifMatch: readonly number[] | null, body: unknown): readonly number[] | null {
  if (typeof body !== "object" || body === null || !("version" in body)) return ifMatch;
  const { version } = body;
  if (typeof version !== "number") return ifMatch;
  if (ifMatch && !ifMatch.includes(version))
    throw invalid([{ path: "version", code: "conflict", message: "differs from If-Match" }]);
  return [version];
}

export function isUnmodified({ headers, method }: Incoming, etag: string): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  const header = headers.get("if-none-match");
  if (header === null) return false;
  return header === "*" || header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
