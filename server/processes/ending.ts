/** The process that keeps this one says when to end; the terminal speaks to all of its group. Before this, SIGTERM just ends it. */
export function onEnd(end: () => Promise<unknown>): void {
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
  process.once("SIGTERM", () => end().then(() => process.exit(0)));
}
