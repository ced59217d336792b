import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { log } from "@/lib/log";
import { answerMetrics } from "./cluster-metrics";

/** One that ends sooner than this has not begun to serve: the next one waits longer. */
const SHORT_LIFE_MS = 5_000;
const LONGEST_PAUSE_MS = 5_000;
const ATTEMPTS_TO_START = 3;

/**
 * Keeps so many processes that share the port. One that dies is replaced; SIGHUP replaces one after the other, each once
 * its successor serves; SIGTERM ends them all.
 */
export function supervise(count: number, program: string): void {
  answerMetrics();
  cluster.setupPrimary({ exec: program, execArgv: ["--enable-source-maps"] });
  const leaving = new Set<Worker>();
  let isEnding = false;
  let shortLives = 0;
  let hasServed = false;

  const begin = (): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork();
    worker.once("listening", () => {
      hasServed = true;
    });
    worker.once("exit", () => {
      if (isEnding || leaving.delete(worker)) return;
      shortLives = performance.now() - startedAt < SHORT_LIFE_MS ? shortLives + 1 : 0;
      if (!hasServed && shortLives >= ATTEMPTS_TO_START) process.exit(1);
      log.error({ pid: worker.process.pid }, "A process of the server ended by itself and is replaced.");
      setTimeout(begin, Math.min(100 * 2 ** shortLives, LONGEST_PAUSE_MS));
    });
    return worker;
  };

  const leave = async (worker: Worker) => {
    leaving.add(worker);
    worker.process.kill("SIGTERM");
    if (!worker.isDead()) await once(worker, "exit");
  };

  let reloading = Promise.resolve();
  const reload = async () => {
    for (const worker of workers()) {
      const successor = begin();
      leaving.add(successor);
      await Promise.race([once(successor, "listening"), once(successor, "exit")]);
      if (successor.isDead()) return log.error("The new process does not serve: the old ones stay.");
      leaving.delete(successor);
      await leave(worker);
    }
  };

  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    await Promise.all(workers().map(leave));
    process.exit(0);
  };

  process.on("SIGHUP", () => {
    reloading = reloading.then(reload);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  for (let number = 0; number < count; number += 1) begin();
}

const workers = (): Worker[] => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
