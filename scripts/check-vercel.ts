import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyProject } from "@/e2e/start/folder";
import { openCluster } from "@/e2e/support/cluster";
import { createDatabase } from "@/e2e/support/database";
import { createProgress, type Progress } from "./launch/progress";

const CLI = "vercel@58.11.0";
const OUTPUT = ".vercel/output";

const PROJECT = {
  projectId: "prj_nobody",
  orgId: "team_nobody",
  // The dependencies are those of this folder.
  settings: { framework: "nextjs", installCommand: "node --version", nodeVersion: "20.x" },
};

type Variables = Record<string, string>;

const progress = createProgress();
const cluster = await openCluster();
const database = await createDatabase({ template: "template0" });
const { path, remove } = await copyProject();
try {
  process.exitCode = (await check(path, progress)) ? 0 : 1;
} finally {
  await remove();
  await database.drop();
  await cluster.close();
}

/** What Vercel would do with a preview, without Vercel: the database is real, but one of this machine. */
async function check(path: string, progress: Progress): Promise<boolean> {
  const good: Variables = {
    VERCEL: "1",
    VERCEL_ENV: "preview",
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    CRON_SECRET: randomBytes(32).toString("hex"),
    PRODUCTION_DATABASE_HOST: "production.example.org",
  };
  const { DATABASE_URL: _, ...without } = good;
  const { hostname } = new URL(database.url);
  const problems = [
    ...(await refuses(path, without, "DATABASE_URL is required")),
    ...(await refuses(path, { ...good, PRODUCTION_DATABASE_HOST: hostname }, "DATABASE_URL is production's")),
    ...(await builds(path, good)),
  ];
  for (const problem of problems) progress.line(`FAILED: ${problem}`);
  return problems.length === 0;
}

async function refuses(path: string, variables: Variables, reason: string): Promise<string[]> {
  const { code, output } = await progress.step("Trying a build that must fail", () => build(path, variables));
  const isRefused = code !== 0 && output.includes(reason) && !output.includes("Applied ");
  if (isRefused) progress.line(`Refused: ${reason}…`);
  return isRefused ? [] : [`this should have been refused with "${reason}":\n${output}`];
}

async function builds(path: string, variables: Variables): Promise<string[]> {
  const { code, output } = await progress.step(
    "Building as Vercel does",
    () => build(path, variables),
    () => "Built",
  );
  if (code !== 0) return [`the build ended with ${code}:\n${output}`];
  if (!output.includes("Applied 0000_")) return [`the database was not migrated:\n${output}`];
  const patterns = await patternsWith(variables);
  const missing = patterns.filter((pattern) => !existsSync(functionOf(path, pattern)));
  progress.line(`${patterns.length - missing.length} of ${patterns.length} routes became functions.`);
  return [...missing.map((pattern) => `${pattern} became no function`), ...(await settingsOf(path))];
}

async function build(path: string, variables: Variables): Promise<{ code: number; output: string }> {
  await mkdir(join(path, ".vercel"), { recursive: true });
  await writeFile(join(path, ".vercel/project.json"), JSON.stringify(PROJECT));
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
  await writeFile(join(path, ".vercel/.env.preview.local"), lines.join(""));
  const child = spawn("npx", ["--yes", CLI, "build", "--yes", "--target=preview"], {
    cwd: path,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      VERCEL_TELEMETRY_DISABLED: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  const [code] = await once(child, "close");
  return { code: Number(code ?? 1), output };
}

/** Reads the environment, which is that of the build. */
async function patternsWith(variables: Variables): Promise<string[]> {
  Object.assign(process.env, variables);
  const { manifest } = await import("@/server/manifest");
  return manifest.map(({ pattern }) => pattern);
}

function functionOf(path: string, pattern: string): string {
  return join(path, OUTPUT, "functions", `${pattern.replaceAll(/\{(\w+)\}/g, "[$1]")}.func`);
}

/** Whether the purge has its time, and a schedule. */
async function settingsOf(path: string): Promise<string[]> {
  const purge = "/api/cron/purge";
  const read = async (file: string) => JSON.parse(await readFile(file, "utf8"));
  const { maxDuration } = await read(join(functionOf(path, purge), ".vc-config.json"));
  const { crons } = await read(join(path, OUTPUT, "config.json"));
  progress.line(`${purge}: ${JSON.stringify({ maxDuration, crons })}`);
  return [
    ...(maxDuration === 60 ? [] : [`${purge} may run for ${maxDuration} s, not 60`]),
    ...(JSON.stringify(crons).includes(purge) ? [] : [`${purge} is on no schedule`]),
  ];
}
