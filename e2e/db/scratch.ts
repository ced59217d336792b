import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { MigrationError, migrate } from "@/lib/db/migrate";
import { createDatabase, query } from "../support/database";
import { catalogOf } from "./catalog";

export type Step = { name: string; up: string; down?: string };

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fourfold-migrations-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function copyOfMigrations(): Promise<string> {
  const folder = await temporaryFolder();
  await cp("drizzle", folder, { recursive: true });
  return folder;
}

/** A folder of migrations like drizzle-kit's, in the order of the list. */
export async function folderOf(steps: Step[]): Promise<string> {
  const folder = await temporaryFolder();
  await writeSteps(folder, steps);
  return folder;
}

export async function writeSteps(folder: string, steps: Step[]): Promise<void> {
  await mkdir(join(folder, "meta"), { recursive: true });
  const entries = steps.map(({ name }, idx) => ({
    idx,
    version: "7",
    when: idx + 1,
    tag: name,
    breakpoints: true,
  }));
  await writeFile(join(folder, "meta", "_journal.json"), JSON.stringify({ version: "7", entries }));
  for (const { name, up, down } of steps) {
    await writeFile(join(folder, `${name}.sql`), up);
    if (down !== undefined) await writeFile(join(folder, `${name}.down.sql`), down);
  }
}

export const LISTS: Step = {
  name: "0000_lists",
  up: "create table lists (id integer primary key, name text);",
  down: "drop table lists;",
};
export const NOTES: Step = {
  name: "0001_notes",
  up: "create table notes (id integer primary key);\n--> statement-breakpoint\nalter table lists add column color text;",
  down: "alter table lists drop column color; drop table notes;",
};
export const INDEX: Step = {
  name: "0002_name_key",
  up: "-- no transaction\ncreate index concurrently if not exists lists_id on lists (id, name);\n--> statement-breakpoint\ncreate unique index concurrently if not exists lists_name_key on lists (name);",
  down: "-- no transaction\ndrop index concurrently if exists lists_name_key;\n--> statement-breakpoint\ndrop index concurrently if exists lists_id;",
};
export const LATER: Step = { name: "0003_later", up: "create table later ();", down: "drop table later;" };

export async function emptyDatabase(): Promise<string> {
  const database = await createDatabase({ template: "template0" });
  onTestFinished(async () => void (await database.drop()));
  return database.url;
}

export async function prepared(...steps: Step[]) {
  const url = await emptyDatabase();
  const directory = await folderOf(steps);
  await migrate(url, { directory });
  return { url, directory };
}

/** What a refused migration must leave alone. */
export const stateOf = async (url: string) => ({
  catalog: await catalogOf(url),
  records: await query(url, "select * from migrations.applied order by id"),
});

export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable("it was not refused"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(MigrationError);
      return String(error);
    },
  );
