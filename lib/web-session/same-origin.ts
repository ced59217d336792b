import { AppError } from "@/lib/errors";
import type { Incoming } from "@/lib/http/answer";
import { requireJsonType } from "@/lib/http/body";

/**
 * For a request that its cookie authenticates and that does something. A page of another site can make a browser send
 * it, with the cookie, but can neither choose these headers nor send JSON without being asked for permission first.
 */
export function requireSameOrigin(request: Incoming, ownOrigins: readonly string[]): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const isOwn = site === null ? origin !== null && ownOrigins.includes(origin) : site === "same-origin";
  if (!isOwn) throw new AppError("forbidden", "This can be asked for by our own pages only.");
  requireJsonType(request);
}
