import { ApiError, NetworkError } from "@/lib/client/client";
import type { Gesture } from "./gestures";
import type { Outcome } from "./send";
import { SessionEnded } from "./session";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export type Waiting = { reason: "unreachable" | "limited" | "signed_out"; untilMs: number | null };

export type OutboxState = { queued: number; sinceMs: number | null; waiting: Waiting | null };

type Options = {
  send(gesture: Gesture): Promise<Outcome>;
  settled(gesture: Gesture, outcome: Outcome): void;
  failed(gesture: Gesture, error: unknown): void;
  changed(state: OutboxState): void;
};

/** One gesture after the other, in the order in which they were made, for as long as it takes. */
export function createOutbox({ send, settled, failed, changed }: Options) {
  const queue: { gesture: Gesture; sinceMs: number }[] = [];
  let waiting: Waiting | null = null;
  let isRunning = false;
  let wake: () => void = () => {};

  const tell = () => changed({ queued: queue.length, sinceMs: queue[0]?.sinceMs ?? null, waiting });

  async function run() {
    isRunning = true;
    for (let attempt = 0, next = queue[0]; next; next = queue[0]) {
      try {
        const outcome = await send(next.gesture);
        take(next);
        settled(next.gesture, outcome);
        attempt = 0;
      } catch (error) {
        attempt += 1;
        waiting = waitAfter(error, attempt);
        if (!waiting) {
          take(next);
          failed(next.gesture, error);
          attempt = 0;
        } else await sleep();
      }
      waiting = null;
      tell();
    }
    isRunning = false;
  }

  /** What was sent again meanwhile may stand before it. */
  const take = (entry: (typeof queue)[number]) => queue.splice(queue.indexOf(entry), 1);

  const sleep = () =>
    new Promise<void>((resolve) => {
      const { untilMs } = waiting ?? { untilMs: null };
      const timer = untilMs === null ? undefined : setTimeout(resolve, untilMs - Date.now());
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      tell();
    });

  return {
    add(gesture: Gesture, { first = false } = {}) {
      const entry = { gesture, sinceMs: Date.now() };
      if (first) queue.unshift(entry);
      else queue.push(entry);
      tell();
      if (!isRunning) void run();
    },
    /** The person asks, the network is back, or somebody has signed in. */
    retry: () => wake(),
  };
}

/** Undefined for what will not get better by itself. */
function waitAfter(error: unknown, attempt: number): Waiting | null {
  if (error instanceof SessionEnded) return { reason: "signed_out", untilMs: null };
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  if (error instanceof NetworkError) return { reason: "unreachable", untilMs: Date.now() + waitMs };
  if (!(error instanceof ApiError)) return null;
  const isPassing = error.status === 503 || error.code === "idempotency_in_progress";
  if (error.status !== 429 && !isPassing) return null;
  const askedMs = (error.retryAfterSeconds ?? 0) * 1_000;
  const untilMs = Date.now() + Math.max(askedMs, waitMs) + Math.random() * 250;
  return { reason: error.status === 429 ? "limited" : "unreachable", untilMs };
}
