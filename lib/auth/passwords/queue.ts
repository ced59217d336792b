import { AppError } from "@/lib/errors";

export type Limits = { maxRunning: number; maxWaiting: number; maxWaitMs: number };

export type Queue = {
  <T>(work: () => Promise<T>): Promise<T>;
  stats(): { running: number; waiting: number };
};

/** Runs work in the order it came, a few at once. What would wait too long is refused instead of piling up. */
export function createQueue({ maxRunning, maxWaiting, maxWaitMs }: Limits): Queue {
  const waiting = new Set<() => void>();
  let running = 0;

  function turn(): Promise<void> {
    if (running < maxRunning) {
      running += 1;
      return Promise.resolve();
    }
    if (waiting.size >= maxWaiting) return Promise.reject(busy(maxWaitMs));
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(deadline);
        resolve();
      };
      const deadline = setTimeout(() => {
        waiting.delete(start);
        reject(busy(maxWaitMs));
      }, maxWaitMs);
      waiting.add(start);
    });
  }

  /** The place goes straight to whoever waits longest: nobody who comes between can take it. */
  function passOn(): void {
    const [next] = waiting;
    if (!next) {
      running -= 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    await turn();
    try {
      return await work();
    } finally {
      passOn();
    }
  };
  return Object.assign(run, { stats: () => ({ running, waiting: waiting.size }) });
}

const busy = (maxWaitMs: number) =>
  new AppError("unavailable", "Too many passwords are being checked right now; try again in a moment.", {
    retryAfterSeconds: Math.ceil(maxWaitMs / 1000),
  });
