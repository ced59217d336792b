import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip, type Gzip } from "node:zlib";
import type pg from "pg";
import copy from "pg-copy-streams";
import packageJson from "@/package.json" with { type: "json" };
import { fileProblem } from "./dump/file-problem";
import {
  type Counts,
  copyLine,
  copyTo,
  DumpError,
  END_OF_ROWS,
  endLine,
  headerLine,
  type Table,
} from "./dump/format";
import type { Step } from "./dump/step";
import { readTables } from "./dump/tables";
import { readRecords } from "./migrations/records";
import { type Log, withLock } from "./migrations/session";

type Options = { log: Log; step: Step };

/** Nobody but its owner may read it: it holds what people wrote, and the hashes of their passwords. */
const PRIVATE = 0o600;

/**
 * Writes what the database holds at one moment, while others go on writing. The file has its name once it is whole. No
 * migration runs meanwhile.
 */
export async function dump(url: string, file: string, { log, step }: Options): Promise<Counts> {
  if (existsSync(file)) throw new DumpError(`${file} is there already: choose another name, or remove it.`);
  const part = `${file}.part`;
  try {
    await rm(part, { force: true });
    const handle = await open(part, "wx", PRIVATE);
    const packer = createGzip();
    const written = pipeline(packer, handle.createWriteStream({ flush: true }));
    const [counts] = await Promise.all([
      withLock(url, log, (client) => writeTo(packer, client, step)).catch((error: Error) => {
        packer.destroy(error);
        throw error;
      }),
      written,
    ]);
    await rename(part, file);
    return counts;
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw fileProblem(error, file);
  }
}

async function writeTo(packer: Gzip, client: pg.Client, step: Step): Promise<Counts> {
  await client.query("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
  await client.query("begin isolation level repeatable read, read only");
  const newest = (await readRecords(client)).at(-1);
  if (!newest) throw new DumpError("The database was never migrated: there is nothing to dump.");
  const tables = await readTables(client);
  const createdAt = new Date().toISOString();
  const header = { migration: newest.name, appVersion: packageJson.version, createdAt, tables };
  await write(packer, `${headerLine(header)}\n`);
  const counts: Counts = {};
  for (const table of tables) {
    await write(packer, `${copyLine(table)}\n`);
    counts[table.name] = await step(
      `Dumping ${table.name}`,
      () => writeRows(packer, client, table),
      (count) => `${table.name}: ${count} rows`,
    );
    await write(packer, `${END_OF_ROWS}\n`);
  }
  await write(packer, `${endLine(counts)}\n`);
  packer.end();
  return counts;
}

async function writeRows(packer: Gzip, client: pg.Client, table: Table): Promise<number> {
  const rows = client.query(copy.to(copyTo(table)));
  for await (const piece of rows) await write(packer, piece);
  // The number of rows comes after the last of them, and before the answer to anything asked later.
  await client.query("select");
  return rows.rowCount;
}

/** Resolves once it is packed; rejects, too, when what the packer writes to has failed. */
function write(packer: Gzip, piece: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    packer.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
