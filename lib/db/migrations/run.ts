import pg from "pg";
import { isConnectionLost } from "../failures";
import { MigrationError, type Script, statements } from "./files";

const LOCK_TIMEOUT = "5s";

/** What one transaction blocks it blocks to its end, so it is short; building an index blocks nobody and takes its time. */
const STATEMENT_TIMEOUT = { transactional: "60s", concurrent: "30min" };

type Note = (client: pg.Client) => Promise<void>;

/** Runs a file and notes that it ran: both or neither, unless the file asks for no transaction. */
export async function runScript(client: pg.Client, script: Script, note: Note): Promise<void> {
  const timeout = script.isTransactional ? STATEMENT_TIMEOUT.transactional : STATEMENT_TIMEOUT.concurrent;
  await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'; set statement_timeout = '${timeout}';
    set idle_in_transaction_session_timeout = '60s'; set search_path to public`);
  if (script.isTransactional) await runWhole(client, script, note);
  else await runEach(client, script, note);
}

async function runWhole(client: pg.Client, script: Script, note: Note): Promise<void> {
  await client.query("begin");
  try {
    await client.query(script.sql);
    await note(client);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw failure(script, script.sql, error, "Nothing of it was kept.");
  }
}

async function runEach(client: pg.Client, script: Script, note: Note): Promise<void> {
  await dropInvalidIndexes(client, script);
  for (const statement of statements(script.sql))
    await client.query(statement).catch((error: unknown) => {
      const advice = "What ran before it stays; when the cause is gone, run it again from its start.";
      throw failure(script, statement, error, advice);
    });
  await note(client);
}

/** A concurrent build that stops halfway leaves an INVALID index, which IF NOT EXISTS would take for the real one. */
async function dropInvalidIndexes(client: pg.Client, { sql }: Script): Promise<void> {
  const created = sql.matchAll(
    /create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+"?(\w+)"?/gi,
  );
  const names = Array.from(created, (match) => match[1]);
  const { rows } = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index join pg_class on pg_class.oid = indexrelid
     where not indisvalid and relname = any($1) and relnamespace = 'public'::regnamespace`,
    [names],
  );
  for (const { name } of rows) await client.query(`drop index concurrently if exists ${name}`);
}

function failure({ file, sql }: Script, part: string, error: unknown, advice: string): MigrationError {
  if (!(error instanceof pg.DatabaseError) || isConnectionLost(error))
    return new MigrationError(
      `The connection was lost while ${file} ran (${error instanceof Error ? error.message : error}): \`npm run db:status\` says whether it was applied.`,
    );
  const offset = sql.indexOf(part) + Number(error.position ?? 0);
  const where = error.position ? `${file}, line ${sql.slice(0, offset).split("\n").length}` : file;
  const lock = error.code === "55P03" ? ` Something held a lock for ${LOCK_TIMEOUT}: try again.` : "";
  return new MigrationError(`${where}: ${error.message} (${error.code}). ${advice}${lock}`);
}
