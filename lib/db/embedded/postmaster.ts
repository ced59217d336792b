import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { guard } from "./guard";
import { as, type Place } from "./place";

const FAST_MS = 3_000;
const IMMEDIATE_MS = 1_000;
const POLL_MS = 20;

export type LockFile = { pid: number; port: number; isReady: boolean };

export type Postmaster = { pid: number; port: number; callOff: () => void; hasEnded: () => boolean };

export const logFile = (place: Place) => join(place.folder, "postgres.log");

export const lockFile = (data: string) => join(data, "postmaster.pid");

/** What `postmaster.pid` says, when the process it names is alive: PostgreSQL itself overwrites any other. */
export async function readLockFile(data: string): Promise<LockFile | undefined> {
  const text = await readFile(lockFile(data), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const isForeign = error instanceof Error && "code" in error && error.code === "EPERM";
    if (!isForeign) return false;
  }
  return !isZombie(pid);
}

/** Dead, but its new parent has not taken note of it yet, which in a container may take seconds. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

export async function spawnPostmaster(
  postgres: string,
  data: string,
  place: Place,
  settings: Record<string, string>,
): Promise<Postmaster> {
  const port = await freePort();
  const options = Object.entries({
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "100",
    log_checkpoints: "off",
    timezone: "UTC",
    ...settings,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await open(logFile(place), "a", 0o600);
  await log.truncate();
  // A session of its own: a terminal's Ctrl-C must not reach it before those who use it have ended.
  const child = spawn(postgres, ["-D", data, ...options], {
    ...as(place.user),
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();
  let hasEnded = child.pid === undefined;
  child.on("exit", () => {
    hasEnded = true;
  });
  child.on("error", () => {
    hasEnded = true;
  });
  child.unref();
  const pid = child.pid ?? 0;
  return { pid, port, callOff: pid ? guard("INT", pid) : () => {}, hasEnded: () => hasEnded };
}

/** Fast first (it writes everything out), then at once: what was committed is in the log either way. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", FAST_MS],
    ["SIGQUIT", IMMEDIATE_MS],
    ["SIGKILL", IMMEDIATE_MS],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + patienceMs;
    while (isAlive(pid) && Date.now() < deadline) await sleep(POLL_MS);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });
}
