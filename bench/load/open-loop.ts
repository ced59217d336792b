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

type Pace = { seconds: number; fromSeconds: number; toSeconds: number };

/**
 * Everybody acts at times of their own, whether the server keeps up or not; what counts is the time since somebody meant
 * to act. Otherwise a server that stalls would be asked less, and look better than it is.
 */
export async function runOpenLoop(
  clients: readonly Client[],
  pace: Pace,
): Promise<Latencies & { times: number[] }> {
  const times: number[] = [];
  let errors = 0;
  const endsAt = performance.now() + pace.seconds * 1000;
  const pause = () => (pace.fromSeconds + Math.random() * (pace.toSeconds - pace.fromSeconds)) * 1000;
  const act = async ({ connection, next }: Client, meantAt: number): Promise<void> => {
    for (let at = meantAt; at < endsAt; at += pause()) {
      await new Promise((resolve) => setTimeout(resolve, at - performance.now()));
      const reply = await connection.send(next()).catch(() => undefined);
      times.push(performance.now() - at);
      if (!reply || reply.status < 200 || reply.status > 299) errors += 1;
      if (!reply) return;
    }
  };
  const begin = performance.now();
  await Promise.all(clients.map((client) => act(client, begin + Math.random() * pace.toSeconds * 1000)));
  return { times, ...summaryOf(times, errors) };
}

export const summaryOf = (times: readonly number[], errors: number): Latencies => ({
  requests: times.length,
  errors,
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  p99: percentile(times, 0.99),
  longest: percentile(times, 1),
});
