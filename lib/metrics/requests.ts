import { env } from "@/lib/env";
import type { RequestLine } from "@/lib/http/exchange";
import { processWide } from "@/lib/process-wide";

/** Of what took at most so many milliseconds; 200 is the goal for all but one request in twenty. */
export const BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 200, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;

/** How often each bound was the first that held, and last how often none did. */
export type Tally = {
  method: string;
  route: string;
  status: number;
  counts: number[];
  sumMs: number;
};

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];

/** By route, and there by status and method in one number. */
type Tallies = Map<string, Map<number, Tally>>;

const tallies = processWide("request tallies", (): Tallies => new Map());

/** prom-client's own histogram takes ten times as long, for every request. */
function record({ method, route, status, duration_ms: ms }: RequestLine): void {
  let known = tallies.get(route);
  if (!known) {
    known = new Map();
    tallies.set(route, known);
  }
  const key = status * 8 + METHODS.indexOf(method) + 1;
  let tally = known.get(key);
  if (!tally) {
    tally = begin(method, route, status);
    known.set(key, tally);
  }
  let at = 0;
  while (ms > (BOUNDS_MS[at] ?? Number.POSITIVE_INFINITY)) at += 1;
  tally.counts[at] = (tally.counts[at] ?? 0) + 1;
  tally.sumMs += ms;
}

const begin = (method: string, route: string, status: number): Tally => ({
  method: METHODS.includes(method) ? method : "other",
  route,
  status,
  counts: BOUNDS_MS.map(() => 0).concat(0),
  sumMs: 0,
});

/** Undefined where nobody may ask for it. */
export const recordRequest = env.METRICS_TOKEN === undefined ? undefined : record;

export const requestTallies = (): Tally[] => [...tallies.values()].flatMap((known) => [...known.values()]);
