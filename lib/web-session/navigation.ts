import { setTimeout as sleep } from "node:timers/promises";
import type { NextRequest } from "next/server";
import { describeError, log } from "@/lib/log";
import { contextOf } from "./context";
import { sessionCookie } from "./cookie";
import { refreshToken, type Successor } from "./refresh";
import { isDue, openToken } from "./token";

/** A page is worth more than a new cookie, which the next one gets as well. */
const BUDGET_MS = 800;

type Change = Successor | "ended" | undefined;

/**
 * What becomes of the cookie when somebody goes to a page: nothing before it is due, and nothing when the database does
 * not answer, which is no reason to sign anybody out.
 */
export async function renewOnNavigation(request: NextRequest): Promise<Change> {
  const token = request.cookies.get(sessionCookie.name)?.value;
  if (token === undefined || !isNavigation(request)) return undefined;
  const claims = await openToken(token);
  if (!claims) return "ended";
  if (!isDue(claims)) return undefined;
  const renewal = refreshToken(contextOf(request.headers), claims).then(
    (successor) => successor ?? ("ended" as const),
    (error: unknown) => {
      log.warn({ ...describeError(error) }, "A browser's session was not renewed.");
      return undefined;
    },
  );
  return within(BUDGET_MS, renewal);
}

/** A page that the browser fetches ahead may never be looked at. */
function isNavigation({ method, headers }: NextRequest): boolean {
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""}`;
  return (method === "GET" || method === "HEAD") && !purpose.includes("prefetch");
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const stop = new AbortController();
  const timeout = sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    stop.abort();
  }
}
