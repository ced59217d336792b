import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "@/conformance/run";

export type Report = { passed: number; failed: number; skipped: number; rules: Result[] };

type Run = { code: number | null; output: string; report: Report | undefined };

/** `npm run conformance` as somebody would type it; `interruptAt` presses Ctrl-C when the output has this. */
export async function conformance(
  args: string[],
  { interruptAt }: { interruptAt?: RegExp } = {},
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "conformance-"));
  const file = join(folder, "report.json");
  const command = ["scripts/run.mjs", "scripts/conformance.ts", ...args, "--json", file];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let isInterrupted = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
      if (!interruptAt?.test(output) || isInterrupted) return;
      isInterrupted = true;
      child.kill("SIGINT");
    });
  const [code] = (await once(child, "close")) as [number | null];
  const report = await readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Report,
    () => undefined,
  );
  await rm(folder, { recursive: true });
  return { code, output, report };
}
