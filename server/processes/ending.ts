import { hear } from "./told";

/** The signals are for the process that keeps this one, which may be sent to a whole group; it says when to end. */
export function onEnd(end: () => Promise<unknown>): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  hear("fourfold:end", () => void end().then(() => process.exit(0)));
}
