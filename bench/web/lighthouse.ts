import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findChromium } from "@/e2e/support/chromium";
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

export async function measureWithLighthouse({ url, cookie }: World): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), "fourfold-lighthouse-"));
  const headers = join(folder, "headers.json");
  await writeFile(headers, JSON.stringify({ cookie }));
  const results: Result[] = [];
  for (const { route, isForSignedIn } of ROUTES)
    for (const device of DEVICES) {
      const args = [...device.args, ...(isForSignedIn ? [`--extra-headers=${headers}`] : [])];
      const { categories } = await run(url + route, join(folder, "report.json"), args);
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
  await rm(folder, { recursive: true, force: true });
  return results;
}

function limitOf(category: string, performance: number): Limit {
  if (category === "performance") return { unit: "points", budget: performance };
  if (category === "seo") return { unit: "points", budget: 95 };
  return { unit: "points", budget: 100, failLine: 100 };
}

async function run(url: string, output: string, args: readonly string[]): Promise<Report> {
  const isRoot = process.getuid?.() === 0;
  const flags = ["--headless=new", ...(isRoot ? ["--no-sandbox"] : [])].join(" ");
  await promisify(execFile)(
    "npx",
    [
      "--yes",
      PACKAGE,
      url,
      "--quiet",
      "--output=json",
      `--output-path=${output}`,
      `--chrome-flags=${flags}`,
      ...args,
    ],
    { env: { ...process.env, CHROME_PATH: findChromium() }, timeout: RUN_TIMEOUT_MS },
  );
  return JSON.parse(await readFile(output, "utf8"));
}
