import { availableParallelism } from "node:os";
import { openCluster } from "@/e2e/support/cluster";
import { createDatabase } from "@/e2e/support/database";
import { type Server, startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";
import type { Progress } from "@/scripts/launch/progress";
import { fill, type Size } from "./fill";
import { TASKS_EACH } from "./people";

export type Place = { server: Server; size: Size; tasks: number };

export type World = { small: Place; large: Place; fillSeconds: number; close(): Promise<void> };

/** What anybody gives a database of half a gigabyte: that it fits into its memory, and room between its checkpoints. */
const SETTINGS = { shared_buffers: "1GB", max_wal_size: "4GB" };

/** As many processes as the machine has cores, as the documents advise. */
const environment = { WEB_CONCURRENCY: String(availableParallelism()) };

/** The same service twice: at its beginning, and when it has grown. */
export async function openWorld(large: Size, progress: Progress): Promise<World> {
  await build();
  const cluster = await openCluster(SETTINGS);
  const open = async (size: Size): Promise<Place> => {
    const { url } = await createDatabase();
    const tasks = await progress.step(
      `Loading ${size.people * TASKS_EACH + size.rich} tasks`,
      () => fill(url, size, progress.line),
      (count) => `Loaded ${count} tasks of ${size.people + 1} people`,
    );
    const server = await startServer({ databaseUrl: url, driver: "pg", isUnheard: true, environment });
    return { server, size, tasks };
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
