import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@/lib/db/embedded/postmaster";

const SERVING = /Serving on (http:\S+) /;

export type Options = {
  env?: Record<string, string>;
  /** The command; `npm start` is what a person types, and without npm there is one process less to ask. */
  command?: string[];
  user?: number;
  home?: string;
};

export type Launched = {
  pid: number;
  output(): string;
  ended: Promise<number | null>;
  /** Rejects when it ends before it says so. */
  until(pattern: RegExp): Promise<string>;
  url(): Promise<string>;
  /** This process and everything it has started, now. */
  tree(): { pid: number; command: string }[];
};

export const START = [process.execPath, "scripts/run.mjs", "scripts/start.ts"];
export const DEV = [process.execPath, "scripts/run.mjs", "scripts/dev.ts"];

const launched: Launched[] = [];

/** A start as from an empty shell, in a process group of its own. */
export function launch(cwd: string, { env = {}, command = START, user, home }: Options = {}): Launched {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd,
    detached: true,
    env: {
      PATH: process.env.PATH,
      HOME: home ?? homedir(),
      LANG: "C.UTF-8",
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    ...(user !== undefined && { uid: user, gid: user }),
  });
  const pid = child.pid ?? 0;
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  const until = async (pattern: RegExp) => {
    for (;;) {
      const found = output.match(pattern);
      if (found) return found[1] ?? found[0];
      if (!isAlive(pid)) throw new Error(`It ended before it said ${pattern}:\n${output}`);
      await sleep(20);
    }
  };
  const it = { pid, output: () => output, ended, until, url: () => until(SERVING), tree: () => treeOf(pid) };
  launched.push(it);
  return it;
}

/** What a start says that must not come to anything, without the note that root gets. */
export async function refusalOf(cwd: string, options: Options): Promise<string> {
  const it = launch(cwd, options);
  const code = await it.ended;
  if (code !== 1) throw new Error(`It ended with ${code}:\n${it.output()}`);
  return it
    .output()
    .trim()
    .replace(/^.*refuses to run as root.*\n/, "");
}

/** Those of the processes that are still there after the time that they have. */
export async function stillAlive(tree: ReturnType<Launched["tree"]>, patienceMs: number): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  const left = () => tree.filter(({ pid }) => isAlive(pid));
  while (left().length && Date.now() < deadline) await sleep(20);
  return left().map(({ command }) => command);
}

/** After a test that failed: nothing may stay behind. */
export async function endAll(): Promise<void> {
  for (const { pid } of launched.splice(0)) {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // Its group has no members left.
    }
  }
}

function treeOf(root: number): { pid: number; command: string }[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  const processes = stdout.split("\n").map((line) => {
    const [, pid, parent, command = ""] = line.match(/^\s*(\d+)\s+(\d+)\s+(.*)$/) ?? [];
    return { pid: Number(pid), parent: Number(parent), command };
  });
  const tree = processes.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...processes.filter(({ parent }) => parent === pid));
  return tree;
}
