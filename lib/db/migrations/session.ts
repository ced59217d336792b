import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { connectionConfig } from "../connection";
import { isConnectionLost } from "../failures";
import { MigrationError } from "./files";

export type Log = (line: string) => void;

const LOCK = "hashtextextended('fourfold:migrate', 0)";
const LOCK_WAIT_MS = 15 * 60_000;
const POLL_MS = 100;

/** One connection for one piece of work. Ending it gives back every lock it holds, however the work went. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } catch (error) {
    if (isConnectionLost(error))
      throw new MigrationError("The connection to the database was lost: try again.");
    if (error instanceof pg.DatabaseError)
      throw new MigrationError(`The database refused: ${error.message} (${error.code}).`);
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Like `withClient`, while nobody else migrates, dumps or restores this database. */
export function withLock<T>(url: string, log: Log, work: (client: pg.Client) => Promise<T>): Promise<T> {
  if (/-pooler\./.test(connectionConfig(url).host))
    throw new MigrationError(
      "This needs a direct connection, and this address is a pooler's: set DATABASE_URL_UNPOOLED to the address without `-pooler`.",
    );
  return withClient(url, async (client) => {
    await takeLock(client, log);
    return work(client);
  });
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...connectionConfig(url),
    application_name: "fourfold-migrate",
    connectionTimeoutMillis: 15_000,
  });
  // Without a listener a killed backend ends the process; the query in flight rejects all the same.
  client.on("error", () => {});
  await client.connect().catch((error: NodeJS.ErrnoException) => {
    throw new MigrationError(`The database cannot be reached: ${error.message || error.code}.`);
  });
  // Names without a schema mean `public`, whatever the role prefers.
  await client.query("set search_path to public");
  return client;
}

/** Asks again and again: a session that waits inside PostgreSQL holds a snapshot, which CREATE INDEX CONCURRENTLY waits for in turn. */
async function takeLock(client: pg.Client, log: Log): Promise<void> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (let attempt = 0; !(await tryLock(client)); attempt += 1) {
    if (attempt === 10) log("Waiting for another migration, dump or restore of this database to end.");
    if (Date.now() > deadline)
      throw new MigrationError(
        `Another migration, dump or restore of this database has not ended for ${LOCK_WAIT_MS / 60_000} minutes: find it in pg_stat_activity (fourfold-migrate) and end it, or wait and try again.`,
      );
    await sleep(POLL_MS);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${LOCK}) as taken`);
  return rows[0]?.taken === true;
}
