import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { guard } from "@/lib/db/embedded/guard";

export const NEXT = "node_modules/next/dist/bin/next";
const PATIENCE_MS = 6_000;

/** What serves in production, for Node to run: Next behind a server of our own. */
export const FRONT = ["scripts/run.mjs", "server/front.ts"];

export type Next = {
  ended: Promise<{ code: number | null; output: string }>;
  /** Lets the output through from now on; until then it is kept. */
  show(): void;
  stop(): Promise<void>;
};

type Output = "kept" | "shown";

export const runNext = (args: string[], env: NodeJS.ProcessEnv, output: Output = "kept") =>
  run([NEXT, ...args], env, output);

export const runFront = (env: NodeJS.ProcessEnv) => run(FRONT, env, "kept");

/**
 * Runs a command of Node, whose whole group of processes ends with this one, however that ends. It is out of the
 * terminal's reach: Ctrl-C reaches this process alone, which then stops everything in order.
 */
function run(command: string[], env: NodeJS.ProcessEnv, output: Output): Next {
  const child = spawn(process.execPath, command, {
    detached: true,
    env: { ...env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: [
      "ignore",
      ...(output === "kept" ? (["pipe", "pipe"] as const) : (["inherit", "inherit"] as const)),
    ],
  });
  const group = -(child.pid ?? 0);
  const callOff = guard("KILL", group);
  const { kept, show } = keepOutput(child);
  child.once("exit", () => {
    killGroup(group);
    callOff();
  });
  const ended = once(child, "close").then(([code]: (number | null)[]) => ({
    code: code ?? null,
    output: kept(),
  }));
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => killGroup(group), PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  };
  return { ended, show, stop };
}

function keepOutput(child: ChildProcess) {
  let output = "";
  let isShown = false;
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.on("data", (chunk: Buffer) => {
      if (isShown) process[name].write(chunk);
      else output += chunk;
    });
  const show = () => {
    isShown = true;
  };
  return { kept: () => output, show };
}

function killGroup(group: number): void {
  try {
    process.kill(group, "SIGKILL");
  } catch {
    // The group has no members left.
  }
}
