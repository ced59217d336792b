import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Something that a person has to settle; its message is the whole of what they need to read. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** A file of SQL and how to run it: in one transaction, or one statement at a time. */
export type Script = { file: string; sql: string; isTransactional: boolean };

export type Migration = Script & { id: number; name: string; sha256: string };

const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });
const NO_TRANSACTION = "-- no transaction";
const WAY_BACK = ".down.sql";

export const wayBackFile = (name: string) => `${name}${WAY_BACK}`;

/** The migrations of a folder, oldest first, in the order of drizzle-kit's journal. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = await readJournal(directory);
  const files = (await readdir(directory)).filter(
    (file) => file.endsWith(".sql") && !file.endsWith(WAY_BACK),
  );
  const stray = files.find((file) => !names.includes(file.slice(0, -".sql".length)));
  if (stray)
    throw new MigrationError(
      `${join(directory, stray)} is not listed in meta/_journal.json, so it would never run: make migrations with \`npm run db:generate\`, or delete the file.`,
    );
  return Promise.all(
    names.map(async (name, id) => {
      const script = await readScript(directory, `${name}.sql`);
      return { ...script, id, name, sha256: createHash("sha256").update(script.sql).digest("hex") };
    }),
  );
}

/** The hand-written undoing of a migration. */
export const readWayBack = (directory: string, name: string): Promise<Script> =>
  readScript(directory, wayBackFile(name));

/** The statements of a file that is not sent whole; drizzle-kit writes the marker between them. */
export function statements(sql: string): string[] {
  return sql.split("--> statement-breakpoint").filter((part) => part.replace(/--.*$/gm, "").trim() !== "");
}

async function readJournal(directory: string): Promise<string[]> {
  const file = join(directory, "meta", "_journal.json");
  const text = await readText(file);
  try {
    return Journal.parse(JSON.parse(text)).entries.map(({ tag }) => tag);
  } catch {
    throw new MigrationError(`${file} is not a journal of drizzle-kit: is there a merge to finish?`);
  }
}

async function readScript(directory: string, name: string): Promise<Script> {
  const file = join(directory, name);
  const sql = (await readText(file)).replaceAll("\r\n", "\n");
  const isTransactional = sql.split("\n", 1)[0]?.trim() !== NO_TRANSACTION;
  if (!statements(sql).length) throw new MigrationError(`${file} is empty: write its SQL.`);
  if (!isTransactional) refuseUnrepeatable(file, sql);
  return { file, sql, isTransactional };
}

/** What runs outside a transaction can stop halfway and is then run again from its first statement. */
function refuseUnrepeatable(file: string, sql: string): void {
  const isRepeatable = statements(sql).every(
    (statement) =>
      !/\b(create|drop)\s+(unique\s+)?index\b/i.test(statement) ||
      /\bif\s+(not\s+)?exists\b/i.test(statement),
  );
  if (!isRepeatable)
    throw new MigrationError(
      `${file} could not be run again if it stopped halfway: write CREATE INDEX CONCURRENTLY IF NOT EXISTS and DROP INDEX CONCURRENTLY IF EXISTS.`,
    );
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new MigrationError(
      `${file} is missing: write it, or put it back from the version of the code that had it.`,
    );
  });
}
