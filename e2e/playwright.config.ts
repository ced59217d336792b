import { randomBytes } from "node:crypto";
import { defineConfig } from "playwright/test";
import type { ServerOptions } from "./fixtures";
import { findChromium } from "./support/chromium";

// The servers under test and the tests, which make tokens for them, share these; workers inherit them.
process.env.AUTH_SECRET ??= randomBytes(32).toString("hex");
process.env.DATABASE_URL ??= "postgresql://unused@127.0.0.1:1/unused";

const isRoot = process.getuid?.() === 0;

/** One is about our conformance tool; under the other, Next cuts connections whose refused body it has not read. */
const NOT_NEXTS = ["conformance/breakages.spec.ts", "fuzz.spec.ts"];

export default defineConfig<object, ServerOptions>({
  outputDir: "../test-results",
  globalSetup: "./support/playwright-setup.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Some tests measure time, on a machine that others use too. What needed the second try is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../test-results/playwright.json" }]],
  use: {
    colorScheme: "light",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
      ],
    },
  },
  projects: [
    { name: "api", testDir: "./api", use: { driver: "pg" } },
    { name: "api-neon", testDir: "./api", use: { driver: "neon" } },
    { name: "api-next", testDir: "./api", testIgnore: NOT_NEXTS, use: { driver: "pg", dispatch: "next" } },
    { name: "ui", testDir: "./ui", use: { driver: "pg" } },
  ],
});
