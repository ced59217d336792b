import { onTestFinished } from "vitest";
import { createDatabase } from "../support/database";
import { startServer } from "../support/server";

/** A server with a database of its own, for one test. */
export async function serve(environment: Record<string, string> = {}) {
  const database = await createDatabase();
  onTestFinished(async () => void (await database.drop()));
  const server = await startServer({ databaseUrl: database.url, driver: "pg", environment });
  onTestFinished(server.stop);
  return server;
}
