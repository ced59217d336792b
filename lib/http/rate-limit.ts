import { AppError } from "@/lib/errors";
import { bucketOf } from "@/lib/http/address-bucket";
import type { Incoming } from "@/lib/http/answer";
import type { HeaderRecord } from "@/lib/http/headers";
import type { ClientAddress } from "@/lib/http/trusted-address";

const WINDOW_MS = 60_000;

/** More than this in one minute is an attack from many places, which no count by place can stop: it begins anew. */
const MAX_PRINCIPALS = 100_000;

/** Plain data, because every copy that Next makes of this module counts in the same. */
export type Counts = { endsAt: number; byPrincipal: Map<string, number> };

export const createCounts = (): Counts => ({ endsAt: 0, byPrincipal: new Map() });

/** Throws `rate_limited`; tells in the answer's headers what is left. */
export type Limit = (request: Incoming, userId: string | undefined, headers: HeaderRecord) => void;

type Options = { perMinute: number; addressOf: ClientAddress; counts: Counts };

/** For each user, and for each address without one, of this process: so many requests in a minute. */
export function createRateLimit({ perMinute, addressOf, counts }: Options): Limit {
  const policy = `"api";q=${perMinute};w=${WINDOW_MS / 1000}`;

  return (request, userId, headers) => {
    const now = performance.now();
    if (now >= counts.endsAt || counts.byPrincipal.size >= MAX_PRINCIPALS) {
      counts.byPrincipal.clear();
      counts.endsAt = now + WINDOW_MS;
    }
    const principal = userId ?? bucketOf(addressOf(request.headers));
    const count = (counts.byPrincipal.get(principal) ?? 0) + 1;
    const retryAfterSeconds = Math.ceil((counts.endsAt - now) / 1000);
    headers["ratelimit-policy"] = policy;
    headers.ratelimit = `"api";r=${Math.max(0, perMinute - count)};t=${retryAfterSeconds}`;
    if (count > perMinute)
      throw new AppError("rate_limited", "Too many requests: wait a little.", { retryAfterSeconds });
    counts.byPrincipal.set(principal, count);
  };
}
