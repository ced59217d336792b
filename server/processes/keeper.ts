import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { log } from "@/lib/log";
import { ENDING } from "./ending";
import type { Told } from "./told";

/** In the order in which they end: the pages are asked for by the others. */
export const ROLES = ["api", "pages"] as const;

export type Role = (typeof ROLES)[number];

const EXEC_ARGV: Record<Role, string[]> = {
  // With 10,000 connections much is young at any moment: in the 16 MB that Node gives it, V8 copies it around for a seventh
  // of the time.
  api: ["--enable-source-maps", "--max-semi-space-size=32"],
  pages: ["--enable-source-maps"],
};

/** One that ends sooner than this has not begun to serve: the next one waits longer. */
const SHORT_LIFE_MS = 5_000;
const LONGEST_PAUSE_MS = 5_000;
const ATTEMPTS_TO_START = 3;

/** Begins processes, and begins another for each that ends without having been told to. */
export function createKeeper(program: string) {
  const kept = new Map<Worker, Role>();
  let shortLives = 0;
  let hasServed = false;

  function fork(role: Role): Worker {
    cluster.setupPrimary({ exec: program, args: [role], execArgv: EXEC_ARGV[role] });
    const startedAt = performance.now();
    const worker = cluster.fork();
    worker.once("listening", () => {
      hasServed ||= role === "api";
    });
    worker.once("exit", () => {
      if (kept.delete(worker)) replace(role, worker, performance.now() - startedAt);
    });
    return worker;
  }

  function replace(role: Role, { process: { pid } }: Worker, livedMs: number): void {
    shortLives = livedMs < SHORT_LIFE_MS ? shortLives + 1 : 0;
    if (!hasServed && shortLives >= ATTEMPTS_TO_START) process.exit(1);
    log.error({ pid, role }, "A process of the server ended by itself and is replaced.");
    setTimeout(begin, Math.min(100 * 2 ** shortLives, LONGEST_PAUSE_MS), role);
  }

  const begin = (role: Role) => void kept.set(fork(role), role);

  /** Kept by nobody yet: if it does not serve, it is not tried again. */
  function beginSuccessor(role: Role) {
    const successor = fork(role);
    const isServing = new Promise<boolean>((resolve) => {
      successor.once("listening", () => resolve(true));
      // Next listens for the other processes alone, of which the cluster tells nobody.
      successor.on("message", ({ kind }: Told) => kind === "fourfold:pages" && resolve(true));
      successor.once("exit", () => resolve(false));
    });
    return { successor, isServing };
  }

  async function leave(worker: Worker, why: keyof typeof ENDING): Promise<void> {
    kept.delete(worker);
    worker.process.kill(ENDING[why]);
    if (!worker.isDead()) await once(worker, "exit");
  }

  return { kept, begin, beginSuccessor, leave };
}
