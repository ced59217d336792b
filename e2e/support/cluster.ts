import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "@/lib/db/embedded";
import { migrate } from "@/lib/db/migrate";
import { clusterUrl, databaseUrl, query, TEMPLATE } from "./database";

const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

/** One PostgreSQL for the whole run, with a migrated template that every worker copies. */
export async function openCluster(settings?: Record<string, string>): Promise<{ close(): Promise<void> }> {
  const close = process.env.TEST_DATABASE_URL ? async () => {} : await startCluster(settings);
  await query(clusterUrl(), `drop database if exists ${TEMPLATE} with (force)`);
  await query(clusterUrl(), `create database ${TEMPLATE} template template0`);
  await migrate(databaseUrl(TEMPLATE));
  return { close };
}

async function startCluster(settings?: Record<string, string>) {
  const dataFolder = await mkdtemp(join(tmpdir(), "fourfold-test-"));
  // As root the cluster runs as another user, who has to get in.
  await chmod(dataFolder, 0o711);
  const server = await openEmbedded({ dataFolder, settings: { ...FAST, ...settings } });
  process.env.TEST_DATABASE_URL = server.url;
  return async () => {
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
