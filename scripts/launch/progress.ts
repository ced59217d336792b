const FIRST_MS = 1_000;
const TERMINAL_MS = 1_000;
const LOG_MS = 10_000;

export type Progress = {
  line(text: string): void;
  /** Says how long the work takes while it does, and what came of it, unless `told` gives nothing. */
  step<T>(doing: string, work: () => Promise<T>, told?: (result: T) => string): Promise<T>;
};

/** After the signal no step begins, and the one that is going on falls silent. */
export function createProgress(signal?: AbortSignal, out: NodeJS.WriteStream = process.stdout): Progress {
  const clear = out.isTTY ? "\r\x1b[K" : "";
  const line = (text: string) => void out.write(`${clear}  ${text}\n`);

  const step: Progress["step"] = async (doing, work, told) => {
    signal?.throwIfAborted();
    const begin = performance.now();
    const seconds = () => (performance.now() - begin) / 1000;
    const tick = () => {
      if (signal?.aborted) return;
      out.write(`${clear}  ${doing}… ${Math.round(seconds())} s${out.isTTY ? "" : "\n"}`);
      timer = setTimeout(tick, out.isTTY ? TERMINAL_MS : LOG_MS);
    };
    let timer = setTimeout(tick, FIRST_MS);
    try {
      const result = await work();
      if (told) line(`${told(result)} in ${seconds().toFixed(1)} s.`);
      return result;
    } finally {
      clearTimeout(timer);
      out.write(clear);
    }
  };
  return { line, step };
}
