import { readFile } from "node:fs/promises";
import { openCluster } from "@/e2e/support/cluster";
import { createDatabase } from "@/e2e/support/database";
import { type Server, startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";
import type { Progress } from "@/scripts/launch/progress";
import { fill, type Size } from "./fill";
import { TASKS_EACH } from "./people";

export type Place = { server: Server; size: Size; tasks: number };

export type World = { small: Place; large: Place; fillSeconds: number; close(): Promise<void> };

/** The same service twice: at its beginning, and when it has grown. */
export async function openWorld(large: Size, progress: Progress): Promise<World> {
  await build();
  const cluster = await openCluster();
  const open = async (size: Size): Promise<Place> => {
    const { url } = await createDatabase();
    const tasks = await progress.step(
      `Loading ${size.people * TASKS_EACH + size.rich} tasks`,
      () => fill(url, size, progress.line),
      (count) => `Loaded ${count} tasks of ${size.people + 1} people`,
    );
    return { server: await startServer({ databaseUrl: url, driver: "pg", isUnheard: true }), size, tasks };
  };
  const small = await open({ people: 99, rich: TASKS_EACH });
  const startedAt = performance.now();
  const grown = await open(large);
  const fillSeconds = (performance.now() - startedAt) / 1000;
  const close = async () => {
    await Promise.all([small.server.stop(), grown.server.stop()]);
    await cluster.close();
  };
  return { small, large: grown, fillSeconds, close };
}

/** Of a process, as Linux tells it; elsewhere unknown. */
export async function memoryBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
