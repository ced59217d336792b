import cluster from "node:cluster";
import { once } from "node:events";

/** What a process is told to end with: with its server, or because another one has taken its place. */
export const ENDING = { left: "SIGTERM", replaced: "SIGUSR2" } as const;

type Why = { isReplaced: boolean };

/** The process that keeps this one says when to end; the terminal speaks to all of its group. Before this, it just ends. */
export function onEnd(end: (why: Why) => Promise<unknown>): void {
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
  let isEnding = false;
  const begin = (why: Why) => () => {
    if (isEnding) return;
    isEnding = true;
    void end(why)
      .then(handBack)
      .then(() => process.exit(0));
  };
  process.on(ENDING.left, begin({ isReplaced: false }));
  process.on(ENDING.replaced, begin({ isReplaced: true }));
}

/** A connection on its way to this process would be lost with it: in parting, the cluster gives such ones to the others. */
async function handBack(): Promise<void> {
  if (!cluster.worker?.isConnected()) return;
  const isGone = once(process, "disconnect");
  cluster.worker.disconnect();
  await isGone;
}
