const WHOLE_STOP_MS = 9_500;

export type Lifetime = {
  /** Aborted as soon as the end has begun: nothing new may be started then. */
  signal: AbortSignal;
  /** Resolves when somebody asks for the end. */
  interrupted: Promise<void>;
  /** What to do at the end, the last first. */
  atEnd(close: () => Promise<unknown>): void;
  end(): Promise<void>;
};

export function createLifetime(): Lifetime {
  const controller = new AbortController();
  const closers: (() => Promise<unknown>)[] = [];
  return {
    signal: controller.signal,
    interrupted: waitForInterrupt(),
    atEnd: (close) => void (controller.signal.aborted ? close() : closers.push(close)),
    end: async () => {
      controller.abort();
      // What does not end in time is ended by its guard, once this process is gone.
      setTimeout(() => process.exit(1), WHOLE_STOP_MS);
      for (const close of closers.reverse()) await close().catch(console.error);
    },
  };
}

/** Signals may come several times, from the terminal and from npm at once; the first one counts. */
function waitForInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    // A closed terminal or a pipe without a reader must not keep us from ending in order.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  });
}
