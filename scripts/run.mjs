// Runs one of the TypeScript entries on a bare machine: plain JavaScript, and nothing but Node until the dependencies are there.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const CACHE = "node_modules/.cache/fourfold";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const JOB_POLL_MS = 100;
const MODES = { "start.ts": "production", "dev.ts": "development", "test.ts": "test" };

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  end(
    `Fourfold needs Node 20.19 or newer, and this is ${process.version}: install it from https://nodejs.org.`,
  );

const [entry, ...args] = process.argv.slice(2);
if (!entry) end("usage: node scripts/run.mjs scripts/<entry>.ts [arguments]");
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

endWithTheJob();
try {
  if (!isInstalled()) await install();
  await loadEnvironment();
  process.argv = [process.argv[0], entry, ...args];
  process.setSourceMapsEnabled(true);
  const { bundle } = await import("./bundle.mjs");
  const program = join(CACHE, `${basename(entry, ".ts")}.mjs`);
  await bundle(entry, program);
  await import(pathToFileURL(program).href);
} catch (error) {
  if (error.code === "ENOSPC") endWithFullDisk();
  end(error.stack);
}

/**
 * A signal may end the shell around npm and never come to us. Whatever waits for us is an ancestor in our process group,
 * so when one of those is gone, we end too; a job of its own (`setsid npm start &`) has none and outlives its shell.
 */
function endWithTheJob() {
  const { parent, group } = look(process.pid) ?? {};
  const job = [];
  for (let pid = parent, found = look(pid); found && found.group === group; found = look(pid)) {
    job.push(pid);
    pid = found.parent;
  }
  const timer = setInterval(() => {
    if (job.every(isAlive)) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, JOB_POLL_MS);
  timer.unref();
}

function look(pid) {
  try {
    const isLinux = process.platform === "linux";
    const [state, parent, group] = isLinux
      ? readFileSync(`/proc/${pid}/stat`, "utf8")
          .replace(/^.*\) /s, "")
          .split(" ")
      : execFileSync("ps", ["-o", "state=,ppid=,pgid=", "-p", pid], { encoding: "utf8" }).trim().split(/\s+/);
    return { state, parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === "ESRCH") return false;
  }
  return process.platform !== "linux" || look(pid)?.state !== "Z";
}

function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(wanted).every(([path, { version, ...rest }]) => {
    if (path === "" || (!installed[path] && !isNeededHere(rest))) return true;
    return installed[path]?.version === version && existsSync(join(path, "package.json"));
  });
}

function packagesOf(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, "utf8")).packages : {};
}

/** Programs for one system and processor come as optional packages, and those of this machine are needed. */
function isNeededHere({ optional, os, cpu, libc }) {
  if (!optional) return true;
  return !libc && Boolean(os?.includes(process.platform) && cpu?.includes(process.arch));
}

async function install() {
  const begin = Date.now();
  const seconds = () => Math.round((Date.now() - begin) / 1000);
  console.log("  Installing the dependencies…");
  const timer = setInterval(() => console.log(`  Installing the dependencies… ${seconds()} s`), 10_000);
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js")
    ? [process.execPath, process.env.npm_execpath]
    : ["npm"];
  const { code, output } = await run([...npm, "ci", "--include=dev", "--include=optional", "--no-audit"]);
  clearInterval(timer);
  if (output.includes("ENOSPC")) endWithFullDisk();
  if (code !== 0) end(`${output.trimEnd()}\nThe dependencies could not be installed: npm's reason is above.`);
  console.log(`  Installed the dependencies in ${seconds()} s.`);
}

async function run([command, ...rest]) {
  const child = spawn(command, rest, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  // A shell that waits on our pipe: even after `kill -9` of this process npm and its scripts are ended with it.
  const guard = spawn("/bin/sh", ["-c", 'read -r _ && exit; kill -s KILL -- "-$1"', "guard", child.pid], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  for (const signal of SIGNALS) process.once(signal, interrupted);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on("error", end).on("close", resolve));
  guard.stdin.end("called off\n");
  for (const signal of SIGNALS) process.off(signal, interrupted);
  return { code, output };
}

function interrupted(signal) {
  console.log("  Stopping.");
  process.exit(128 + constants.signals[signal]);
}

/** Migrations and documents work on what `npm start` serves, so they read what it reads. */
async function loadEnvironment() {
  const mode = MODES[basename(entry)] ?? process.env.NODE_ENV ?? "production";
  process.env.NODE_ENV = mode;
  const { default: nextEnv } = await import("@next/env");
  nextEnv.loadEnvConfig(process.cwd(), mode === "development", { info: () => {}, error: console.error });
}

function endWithFullDisk() {
  end(`The disk of ${process.cwd()} is full: free some space there and start again.`);
}

function end(reason) {
  console.error(reason);
  process.exit(1);
}
