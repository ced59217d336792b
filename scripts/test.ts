import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { findChromium } from "@/e2e/support/chromium";
import { openCluster } from "@/e2e/support/cluster";

type Result = { passed: number; failed: number; skipped: number };

const bin = (path: string) => `node_modules/${path}`;
const TESTS = {
  unit: ["app/", "lib", "server", "scripts"],
  db: ["e2e/db"],
  start: ["e2e/start", "e2e/faults"],
};
const BROWSERLESS = ["--project=api", "--project=api-neon", "--project=api-next"];

const steps: Record<string, (files: string[]) => Promise<Result>> = {
  check: () => inTurn(checkTypes, checkStyle),
  unit: (files) => runVitest(files.length ? files : TESTS.unit),
  db: (files) => runVitest(files.length ? files : TESTS.db),
  start: (files) => runVitest(files.length ? files : TESTS.start),
  api: (files) => runPlaywright([...BROWSERLESS, ...files]),
  ui: (files) => runPlaywright(["--project=ui", ...files]),
  all: () =>
    inTurn(
      checkTypes,
      checkStyle,
      () => runVitest([]),
      // A trace copies the page at every step, a third of the time; who looks into one test runs that test.
      () => runPlaywright(["--trace=off"]),
    ),
};

// The tests bring databases and secrets of their own; what only reads the configuration wants some to be there.
process.env.DATABASE_URL ||= "postgresql://unused@127.0.0.1:1/unused";
process.env.AUTH_SECRET ||= randomBytes(32).toString("hex");

const [name = "all", ...files] = process.argv.slice(2);
const step = steps[name];
if (!step) {
  console.error(`There are no tests called ${name}. There are: ${Object.keys(steps).join(", ")}.`);
  process.exit(1);
}
const cluster = name === "check" ? undefined : await openCluster();
process.env.TEST_CLUSTER_IS_READY = "1";
const result = await step(files);
await cluster?.close();
const skipped = result.skipped ? `, ${result.skipped} skipped` : "";
console.log(`\n${result.passed} passed, ${result.failed} failed${skipped}`);
process.exitCode = result.failed || !result.passed ? 1 : 0;

async function inTurn(...parts: (() => Promise<Result>)[]): Promise<Result> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) {
    const { passed, failed, skipped } = await part();
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

async function run(title: string, args: string[]): Promise<number> {
  console.log(`\n── ${title}`);
  const begin = performance.now();
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", forward).on("SIGTERM", forward);
  const [code] = await once(child, "exit");
  process.off("SIGINT", forward).off("SIGTERM", forward);
  console.log(
    `── ${title}: ${code === 0 ? "ok" : "FAILED"} after ${((performance.now() - begin) / 1000).toFixed(1)} s`,
  );
  return code ?? 1;
}

async function check(title: string, ...commands: string[][]): Promise<Result> {
  for (const command of commands) if (await run(title, command)) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: 1, failed: 0, skipped: 0 };
}

function checkTypes() {
  return check("types", [bin("next/dist/bin/next"), "typegen"], [bin("typescript/bin/tsc"), "--noEmit"]);
}

function checkStyle() {
  return check("style", [bin("@biomejs/biome/bin/biome"), "ci", "--colors=off", "."]);
}

async function report<T>(
  title: string,
  path: string,
  args: string[],
  count: (json: T) => Result,
): Promise<Result> {
  rmSync(path, { force: true });
  const code = await run(title, args);
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const result = count(JSON.parse(readFileSync(path, "utf8")));
  return { ...result, failed: Math.max(result.failed, code === 0 ? 0 : 1) };
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number };

function runVitest(args: string[]) {
  const path = "test-results/vitest.json";
  const reporters = ["default", "json", "./e2e/support/flaky-reporter.ts"].map(
    (name) => `--reporter=${name}`,
  );
  return report(
    "unit, database and start",
    path,
    [bin("vitest/vitest.mjs"), "run", ...reporters, `--outputFile.json=${path}`, ...args],
    (json: VitestReport) => ({
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests,
    }),
  );
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

async function runPlaywright(args: string[]) {
  await haveChromium();
  const config = ["-c", "e2e/playwright.config.ts"];
  return report(
    "API and browser",
    "test-results/playwright.json",
    [bin("playwright/cli.js"), "test", ...config, ...args],
    ({ stats }: PlaywrightReport) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  );
}

async function haveChromium() {
  if (findChromium()) return;
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (isDebianRoot) {
    console.log("── Chromium is missing: installing Debian's package");
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ])
      await once(
        spawn("apt-get", args, {
          stdio: ["ignore", "ignore", "inherit"],
          env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
        }),
        "exit",
      );
  }
  if (!findChromium())
    await run("Chromium is missing: installing Playwright's", [
      bin("playwright/cli.js"),
      "install",
      "chromium",
    ]);
}
