import { z } from "zod";
import { variables } from "@/lib/env-variables";

const all = variables(false);

const DatabaseEnv = z.object({
  DATABASE_URL: all.DATABASE_URL.optional(),
  DATABASE_URL_UNPOOLED: all.DATABASE_URL_UNPOOLED,
  DATABASE_STATEMENT_TIMEOUT_MS: all.DATABASE_STATEMENT_TIMEOUT_MS,
  DATABASE_LOCK_TIMEOUT_MS: all.DATABASE_LOCK_TIMEOUT_MS,
});

/** What a command on the database needs, so that it asks for no secret of the service. */
export function readDatabaseEnv(environment: NodeJS.ProcessEnv) {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const { data, error } = DatabaseEnv.safeParse(Object.fromEntries(given));
  if (error) throw new Error(error.issues.map(({ path, message }) => `${path.join()} ${message}`).join("\n"));
  return {
    url: data.DATABASE_URL_UNPOOLED ?? data.DATABASE_URL,
    timeouts: {
      statementTimeoutMs: data.DATABASE_STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: data.DATABASE_LOCK_TIMEOUT_MS,
    },
  };
}
