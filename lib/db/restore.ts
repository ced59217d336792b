import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import copy from "pg-copy-streams";
import { fileProblem } from "./dump/file-problem";
import {
  type Counts,
  copyFrom,
  copyLine,
  DumpError,
  damaged,
  type Header,
  parseEnd,
  parseHeader,
  type Table,
} from "./dump/format";
import { openReader, type Reader } from "./dump/reader";
import type { Step } from "./dump/step";
import { isSame, readTables, requireEmpty } from "./dump/tables";
import { migrate } from "./migrate";
import { readMigrations } from "./migrations/files";
import { readRecords } from "./migrations/records";
import { type Log, withClient, withLock } from "./migrations/session";
import type { Timeouts } from "./timeouts";

type Options = { log: Log; step: Step; timeouts?: Timeouts; directory?: string };

/** Fills an empty database with a dump, at the migration that the dump was made at, and then brings it up to date. */
export async function restore(
  url: string,
  file: string,
  options: Options,
): Promise<Header & { counts: Counts }> {
  const { log, timeouts, directory = "drizzle" } = options;
  const reader = openReader(file);
  try {
    const header = parseHeader(await reader.line(), file);
    await requireKnown(header, file, directory);
    await withClient(url, requireEmpty);
    await migrate(url, { log, directory, until: header.migration });
    const counts = await withLock(url, log, (client) => load(client, { file, reader, header, ...options }));
    await migrate(url, { log, directory, timeouts });
    return { ...header, counts };
  } catch (error) {
    throw fileProblem(error, file);
  } finally {
    reader.close();
  }
}

async function requireKnown(
  { migration, appVersion }: Header,
  file: string,
  directory: string,
): Promise<void> {
  const migrations = await readMigrations(directory);
  if (!migrations.some(({ name }) => name === migration))
    throw new DumpError(
      `${file} is newer than this code: it was made by version ${appVersion} at the migration ${migration}, which is not here. Restore it with that version, or a later one.`,
    );
}

type Load = Options & { file: string; reader: Reader; header: Header };

/** All of it or nothing. */
async function load(client: pg.Client, { file, reader, header, step }: Load): Promise<Counts> {
  await client.query("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
  await client.query("begin");
  await prepare(client, header);
  const counts: Counts = {};
  for (const table of header.tables) {
    if ((await reader.line()) !== copyLine(table)) throw damaged(file);
    counts[table.name] = await step(
      `Restoring ${table.name}`,
      () => loadRows(client, reader, table),
      (count) => `${table.name}: ${count} rows`,
    );
  }
  const expected = parseEnd(await reader.line(), file);
  if (header.tables.some(({ name }) => counts[name] !== expected[name])) throw damaged(file);
  await reader.end();
  await client.query("commit");
  await client.query("analyze");
  return counts;
}

/** Nobody else writes from here on, and nothing has been written since we looked. */
async function prepare(client: pg.Client, { migration, tables }: Header): Promise<void> {
  const newest = (await readRecords(client)).at(-1)?.name;
  if (newest !== migration)
    throw new DumpError(
      `The database has migrations that came after the dump's: undo them with \`npm run db:rollback -- --to ${migration}\`, or restore into a new database.`,
    );
  const here = await readTables(client);
  if (!isSame(here, tables))
    throw new DumpError(`The tables of the dump are not those that the migrations up to ${migration} make.`);
  const names = here.map(({ name }) => `public.${pg.escapeIdentifier(name)}`);
  await client.query(`set lock_timeout = '5s'; lock table ${names.join(", ")} in exclusive mode`);
  await requireEmpty(client);
}

async function loadRows(client: pg.Client, reader: Reader, table: Table): Promise<number> {
  const rows = client.query(copy.from(copyFrom(table)));
  await pipeline(Readable.from(reader.rows(), { objectMode: false }), rows);
  return rows.rowCount;
}
