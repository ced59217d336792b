import { setTimeout } from "node:timers/promises";
import { percentile } from "../table";
import type { Connection, Message } from "./connection";

export type Client = { connection: Connection; next(): Message };

export type Latencies = {
  requests: number;
  errors: number;
  p50: number;
  p95: number;
  p99: number;
  longest: number;
};

type Pace = { arrivalSeconds: number; seconds: number; fromSeconds: number; toSeconds: number };

/**
 * Everybody acts at times of their own, whether the server keeps up or not; what counts is the time since somebody meant
 * to act. Otherwise a server that stalls would be asked less, and look better than it is. They come one after another, and
 * all have acted once before it counts; what is refused counts from the beginning.
 */
export async function runOpenLoop(
  clients: readonly Client[],
  pace: Pace,
): Promise<Latencies & { times: number[] }> {
  const times: number[] = [];
  let errors = 0;
  const begin = performance.now();
  const countsFrom = begin + (pace.arrivalSeconds + pace.toSeconds) * 1000;
  const act = async ({ connection, next }: Client, at: number) => {
    const reply = await connection.send(next()).catch(() => undefined);
    if (at >= countsFrom) times.push(performance.now() - at);
    if (!reply || reply.status < 200 || reply.status > 299) errors += 1;
  };
  const turns = new Map<Client, Promise<void>>();
  for (const { client, seconds } of planOf(clients, pace)) {
    const at = begin + seconds * 1000;
    if (at > performance.now()) await setTimeout(at - performance.now());
    const turn = (turns.get(client) ?? Promise.resolve())
      .then(() => act(client, at))
      .finally(() => turns.get(client) === turn && turns.delete(client));
    turns.set(client, turn);
  }
  await Promise.all(turns.values());
  return { times, ...summaryOf(times, errors) };
}

type Act = { client: Client; seconds: number };

/** Known beforehand: a timer for each of them would fill the memory of who measures, and its clearing is felt by the server. */
function planOf(clients: readonly Client[], pace: Pace): Act[] {
  const plan: Act[] = [];
  const end = pace.arrivalSeconds + pace.toSeconds + pace.seconds;
  for (const client of clients) {
    let seconds = Math.random() * pace.arrivalSeconds + firstPause(pace);
    for (; seconds < end; seconds += between(pace.fromSeconds, pace.toSeconds, Math.random()))
      plan.push({ client, seconds });
  }
  return plan.sort((one, other) => one.seconds - other.seconds);
}

const between = (from: number, to: number, share: number) => from + share * (to - from);

/** What is left of a pause that has begun before: looked at some moment, one is rather in a long one. */
function firstPause({ fromSeconds, toSeconds }: Pace): number {
  const whole = Math.sqrt(between(fromSeconds ** 2, toSeconds ** 2, Math.random()));
  return whole * Math.random();
}

export const summaryOf = (times: readonly number[], errors: number): Latencies => ({
  requests: times.length,
  errors,
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  p99: percentile(times, 0.99),
  longest: percentile(times, 1),
});
