import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CannotStart, diskFull, isDiskFull } from "@/lib/db/embedded/cannot-start";
import { isAlive } from "@/lib/db/embedded/postmaster";
import { runNext } from "./next";
import { createProgress, type Progress } from "./progress";
import { fingerprint } from "./sources";

const STAMP = ".next/sources.sha256";
const LOCK = "node_modules/.cache/fourfold/build.pid";
const OTHER_BUILD_MS = 1_000;

/** Builds when the sources are not those of the last build that was completed. */
export async function build(progress: Progress = createProgress()): Promise<void> {
  const wanted = await fingerprint();
  if ((await readStamp()) === wanted) return;
  await progress.step(
    "Building",
    async () => {
      const release = await takeLock();
      try {
        while ((await readStamp()) !== wanted && !(await runBuild(wanted))) await sleep(OTHER_BUILD_MS);
      } finally {
        await release();
      }
    },
    () => "Built",
  );
}

/** One build after the other: a second one would take away what the first has just made for who waited for it. */
async function takeLock(): Promise<() => Promise<void>> {
  await mkdir(dirname(LOCK), { recursive: true });
  for (;;) {
    const isTaken = await writeFile(LOCK, String(process.pid), { flag: "wx" }).then(
      () => false,
      () => true,
    );
    if (!isTaken) return () => rm(LOCK, { force: true });
    const holder = Number(await readFile(LOCK, "utf8").catch(() => ""));
    if (holder > 0 && !isAlive(holder)) await rm(LOCK, { force: true });
    else await sleep(OTHER_BUILD_MS);
  }
}

const readStamp = async () =>
  existsSync(".next/BUILD_ID") ? await readFile(STAMP, "utf8").catch(() => undefined) : undefined;

/** False when another build is going on in this folder, which Next does not allow. */
async function runBuild(wanted: string): Promise<boolean> {
  await rm(STAMP, { force: true });
  const { code, output } = await runNext(["build"], { ...process.env, NODE_ENV: "production" }).ended;
  if (code === 0) {
    await writeFile(STAMP, wanted);
    return true;
  }
  if (/Another .*next build.* is already running/.test(output)) return false;
  if (isDiskFull(output)) throw diskFull(process.cwd());
  throw new CannotStart(`${output.trimEnd()}\nThe build failed: Next's reason is above.`);
}
