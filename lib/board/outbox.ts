import { ApiError, NetworkError } from "@/lib/client/client";
import type { Gesture } from "./gestures";
import type { Outcome } from "./send";
import { SessionEnded } from "./session";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** By the page's own clock, which nobody sets. */
export type Waiting = { reason: "unreachable" | "limited" | "signed_out"; untilMs: number | null };

export type OutboxState = { queued: number; sinceMs: number | null; waiting: Waiting | null };

type Options = {
  send(gesture: Gesture): Promise<Outcome>;
  settled(gesture: Gesture, outcome: Outcome): void;
  failed(gesture: Gesture, error: unknown): void;
  changed(state: OutboxState): void;
};

type Entry = { gesture: Gesture; sinceMs: number };

/** One gesture after the other, in the order in which they were made, for as long as it takes. */
export class Outbox {
  readonly #options: Options;
  readonly #queue: Entry[] = [];
  #waiting: Waiting | null = null;
  #isRunning = false;
  #wake: () => void = () => {};

  constructor(options: Options) {
    this.#options = options;
  }

  add(gesture: Gesture, { first = false } = {}): void {
    const entry = { gesture, sinceMs: performance.now() };
    if (first) this.#queue.unshift(entry);
    else this.#queue.push(entry);
    this.#tell();
    if (!this.#isRunning) void this.#run();
  }

  /** The person asks, the network is back, or somebody has signed in. */
  retry(): void {
    this.#wake();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      for (let next = this.#queue[0]; next; next = this.#queue[0]) {
        const close = await this.#closing(next);
        this.#queue.splice(this.#queue.indexOf(next), 1);
        close();
        this.#tell();
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** Tries until it is known how the gesture ends, and gives back what is to be done then. */
  async #closing({ gesture }: Entry): Promise<() => void> {
    const { send, settled, failed } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outcome = await send(gesture);
        return () => settled(gesture, outcome);
      } catch (error) {
        const waiting = waitAfter(error, attempt);
        if (!waiting) return () => failed(gesture, error);
        await this.#sleep(waiting);
      }
    }
  }

  #sleep(waiting: Waiting): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        this.#waiting = null;
        this.#tell();
        resolve();
      };
      const { untilMs } = waiting;
      const timer = untilMs === null ? undefined : setTimeout(wake, untilMs - performance.now());
      this.#wake = wake;
      this.#waiting = waiting;
      this.#tell();
    });
  }

  #tell(): void {
    const { length: queued, 0: first } = this.#queue;
    this.#options.changed({ queued, sinceMs: first?.sinceMs ?? null, waiting: this.#waiting });
  }
}

/** Null for what will not get better by itself. */
function waitAfter(error: unknown, attempt: number): Waiting | null {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  if (error instanceof SessionEnded) return { reason: "signed_out", untilMs: null };
  if (error instanceof NetworkError) return { reason: "unreachable", untilMs: performance.now() + waitMs };
  if (!(error instanceof ApiError)) return null;
  if (error.status === 401) return { reason: "signed_out", untilMs: null };
  if (error.status !== 429 && !isPassing(error)) return null;
  const askedMs = (error.retryAfterSeconds ?? 0) * 1_000;
  const untilMs = performance.now() + Math.max(askedMs, waitMs) + Math.random() * 250;
  return { reason: error.status === 429 ? "limited" : "unreachable", untilMs };
}

/** What stands before the server, too, answers for it: while it starts anew, or where a network wants a sign-in first. */
const isPassing = ({ status, code }: ApiError) =>
  [502, 503, 504].includes(status) ||
  code === "idempotency_in_progress" ||
  (code === "unreadable" && status < 400);
