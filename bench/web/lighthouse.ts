import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright";
import { signInBrowser } from "@/e2e/support/browser-session";
import { findChromium } from "@/e2e/support/chromium";
import { freePort } from "@/e2e/support/server";
import type { Limit, Result } from "./results";
import type { World } from "./world";

const PACKAGE = "lighthouse@12.8.2";
const RUN_TIMEOUT_MS = 300_000;

const DEVICES = [
  { name: "phone", args: [], performance: 90 },
  { name: "desktop", args: ["--preset=desktop"], performance: 95 },
] as const;

const ROUTES = [
  { route: "/", isForSignedIn: false },
  { route: "/sign-in", isForSignedIn: false },
  { route: "/matrix", isForSignedIn: true },
] as const;

type Report = { categories: Record<string, { title: string; score: number | null }> };

export async function measureWithLighthouse({ url, person }: World): Promise<Result[]> {
  const results: Result[] = [];
  for (const { route, isForSignedIn } of ROUTES)
    for (const device of DEVICES) {
      const { categories } = await run(url, route, isForSignedIn ? person.token : undefined, device.args);
      // Pages behind the sign-in ask search engines to stay away, and are marked down for it.
      if (isForSignedIn) delete categories.seo;
      for (const [id, { title, score }] of Object.entries(categories))
        results.push({
          metric: title,
          where: `${route}, ${device.name}`,
          value: Math.round((score ?? 0) * 100),
          ...limitOf(id, isForSignedIn ? 90 : device.performance),
        });
    }
  return results;
}

function limitOf(category: string, performance: number): Limit {
  if (category === "performance") return { unit: "points", budget: performance };
  if (category === "seo") return { unit: "points", budget: 95 };
  return { unit: "points", budget: 100, failLine: 100 };
}

/** In a browser that keeps its cookies, as people's do: a session is handed over from one to the next. */
async function run(
  url: string,
  route: string,
  token: string | undefined,
  args: readonly string[],
): Promise<Report> {
  const isRoot = process.getuid?.() === 0;
  const folder = await mkdtemp(join(tmpdir(), "fourfold-lighthouse-"));
  const port = await freePort();
  const browser = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: findChromium(),
    args: [`--remote-debugging-port=${port}`, ...(isRoot ? ["--no-sandbox"] : [])],
  });
  const output = join(folder, "report.json");
  const options = [
    `--port=${port}`,
    "--disable-storage-reset",
    "--output=json",
    `--output-path=${output}`,
    ...args,
  ];
  try {
    if (token) await signInBrowser(browser, url, token);
    await promisify(execFile)("npx", ["--yes", PACKAGE, url + route, "--quiet", ...options], {
      timeout: RUN_TIMEOUT_MS,
    });
    return JSON.parse(await readFile(output, "utf8"));
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}
