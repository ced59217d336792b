import { setTimeout as sleep } from "node:timers/promises";
import { isTransient } from "./failures";

const RETRY_FOR_MS = 2_000;

/** 08001 is SQL's own code for this, which also holds between two copies of this class. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  readonly code = "08001";

  constructor(cause: unknown) {
    super("The database cannot be reached.", { cause });
  }
}

type Bounds<T> = {
  timeoutMs: number;
  /** Given what arrives after the time was over. */
  discard: (late: T) => void;
};

/** Reaches the database, again and again if need be. For what may be repeated only: connecting, and BEGIN. */
export async function reach<T>(attempt: () => Promise<T>, { timeoutMs, discard }: Bounds<T>): Promise<T> {
  const startedAt = performance.now();
  for (let failures = 0; ; failures += 1) {
    const leftMs = timeoutMs - (performance.now() - startedAt);
    try {
      return await within(leftMs, attempt(), discard);
    } catch (error) {
      const delayMs = backoffMs(failures);
      const elapsedMs = performance.now() - startedAt + delayMs;
      if (!isTransient(error) || elapsedMs > Math.min(RETRY_FOR_MS, timeoutMs))
        throw new UnreachableError(error);
      await sleep(delayMs);
    }
  }
}

const backoffMs = (failures: number) => Math.min(25 * 2 ** failures, 300) * (0.5 + Math.random() / 2);

function within<T>(ms: number, work: Promise<T>, discard: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error(`No connection within the time allowed.`));
    }, ms);
    const settle = (value: T) => (isLate ? discard(value) : resolve(value));
    work.then(settle, reject).finally(() => clearTimeout(timer));
  });
}
