import { migrate } from "@/lib/db/migrate";
import { readDatabaseEnv } from "./launch/database-env";
import { explain } from "./launch/explain";
import { runNext } from "./launch/next";

try {
  // Refuses a wrong environment, and a preview on production's database, before anything is touched.
  const { env } = await import("@/lib/env");
  const { url = env.DATABASE_URL, timeouts } = readDatabaseEnv(process.env);
  const { applied } = await migrate(url, { log: console.log, timeouts });
  if (!applied.length) console.log("The database is up to date.");
  const { code } = await runNext(["build"], process.env, "shown").ended;
  process.exitCode = code ?? 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
