import pg from "pg";
import { isUniqueViolation } from "./failures";

export type Timeouts = {
  statementTimeoutMs: number;
  lockTimeoutMs: number;
  idleInTransactionTimeoutMs?: number;
};

const ATTEMPTS = 5;

/**
 * Makes the timeouts the defaults of this role in this database, for sessions that begin from now on. Poolers refuse
 * them at the start of a session. CREATE DATABASE … TEMPLATE does not copy them.
 */
export async function setTimeouts(client: pg.ClientBase, timeouts: Timeouts): Promise<void> {
  const wanted = [
    ["statement_timeout", timeouts.statementTimeoutMs],
    ["lock_timeout", timeouts.lockTimeoutMs],
    ["idle_in_transaction_session_timeout", timeouts.idleInTransactionTimeoutMs ?? 10_000],
  ] as const;
  for (let attempt = 1; ; attempt += 1) {
    const { database, settings } = await readSettings(client);
    const changes = wanted.filter(([name, ms]) => !settings.includes(`${name}=${ms}`));
    try {
      for (const [name, ms] of changes)
        await client.query(
          `alter role current_user in database ${pg.escapeIdentifier(database)} set ${name} = ${Number(ms)}`,
        );
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isConcurrentChange(error)) throw error;
    }
  }
}

async function readSettings(client: pg.ClientBase) {
  const { rows } = await client.query<{ database: string; settings: string[] | null }>(
    `select current_database() as database, (
       select setconfig from pg_db_role_setting
       where setdatabase = (select oid from pg_database where datname = current_database())
         and setrole = (select oid from pg_roles where rolname = current_user)
     ) as settings`,
  );
  return { database: rows[0]?.database ?? "", settings: rows[0]?.settings ?? [] };
}

/** Another start writes the same row: PostgreSQL answers an internal error, or a duplicate key for the first row. */
function isConcurrentChange(error: unknown): boolean {
  const isTupleChanged = error instanceof Error && error.message === "tuple concurrently updated";
  return isTupleChanged || isUniqueViolation(error);
}
