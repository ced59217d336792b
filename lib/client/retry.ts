import { ApiError, NetworkError } from "./api-error";

export type Retry = {
  /** How often a request is sent at most. */
  attempts: number;
  /** After how long no further attempt begins; a wait that would end later is not begun either. */
  totalMs: number;
  /** The first wait where the server names none; each further one is twice as long. */
  firstWaitMs: number;
};

export const RETRY: Retry = { attempts: 4, totalMs: 30_000, firstWaitMs: 200 };

const JITTER = 0.25;

export async function withRetries<T>(
  attempt: () => Promise<T>,
  { attempts, totalMs, firstWaitMs }: Retry,
  signal: AbortSignal | undefined,
): Promise<T> {
  const deadline = Date.now() + totalMs;
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      const backoffMs = firstWaitMs * 2 ** (count - 1);
      const waitMs = waitMsAfter(error, backoffMs);
      if (waitMs === undefined || count >= attempts || Date.now() + waitMs > deadline) throw error;
      await sleep(waitMs, signal);
    }
  }
}

/** Never less than the server asks for; a little more, so that clients that were refused together do not return so. */
function waitMsAfter(error: unknown, backoffMs: number): number | undefined {
  const jitter = 1 + Math.random() * JITTER;
  if (error instanceof NetworkError) return backoffMs * jitter;
  if (!(error instanceof ApiError)) return undefined;
  const isPassing = error.status === 429 || error.status === 503 || error.code === "idempotency_in_progress";
  if (!isPassing) return undefined;
  return (error.retryAfterSeconds === undefined ? backoffMs : error.retryAfterSeconds * 1_000) * jitter;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}
