import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { migrate } from "@/lib/db/migrate";
import { readMigrations, readWayBack } from "@/lib/db/migrations/files";
import * as schema from "@/lib/db/schema";
import { query } from "../support/database";
import { catalogOf } from "./catalog";
import { copyOfMigrations, emptyDatabase } from "./scratch";

const run = promisify(execFile);

const Journal = z.object({
  entries: z.array(z.object({ idx: z.number(), when: z.number(), tag: z.string() })),
});
const Snapshot = z.object({ id: z.string(), prevId: z.string() });

const json = (file: string): unknown => JSON.parse(readFileSync(join("drizzle", "meta", file), "utf8"));
const { entries } = Journal.parse(json("_journal.json"));
const migrations = await readMigrations("drizzle");

/** Squawk's complaints, empty when it has none. */
async function squawk(isTransactional: boolean, ...files: string[]): Promise<string> {
  if (!files.length) return "";
  const mode = isTransactional ? "--assume-in-transaction" : "--no-assume-in-transaction";
  return run(join("node_modules", ".bin", "squawk"), [mode, "--reporter", "gcc", ...files]).then(
    () => "",
    (error: { stdout: string; message: string }) => error.stdout || error.message,
  );
}

describe("the schema and the migrations say the same", () => {
  test("generating a migration makes none: run `npm run db:generate -- --name …`", async () => {
    const folder = await copyOfMigrations();
    const before = readdirSync(folder);
    const kit = join("node_modules", "drizzle-kit", "bin.cjs");
    const out = relative(process.cwd(), folder);
    const args = [
      "generate",
      "--dialect",
      "postgresql",
      "--schema",
      "./lib/db/schema/index.ts",
      "--out",
      out,
    ];
    const { stdout } = await run(process.execPath, [kit, ...args], { timeout: 30_000 });
    expect(stdout).toContain("No schema changes");
    expect(readdirSync(folder)).toEqual(before);
  });

  test("a migrated database has what one made straight from the schema has", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const migrated = await catalogOf(url);
    for (const table of Object.values<unknown>(schema))
      if (is(table, PgTable)) await query(url, `drop table "${getTableName(table)}" cascade`);
    const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(schema));
    for (const statement of statements) await query(url, statement);
    const inSchema = (line: string) => /^(column|constraint|index) /.test(line);
    expect(migrated.filter(inSchema)).toEqual((await catalogOf(url)).filter(inSchema));
    expect(migrated.length).toBeGreaterThan(40);
  });
});

describe("the folder of migrations", () => {
  test("the journal counts from 0 and its times go up", () => {
    expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, index) => index));
    const times = entries.map(({ when }) => when);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test("each name carries its number", () => {
    for (const { idx, tag } of entries)
      expect(tag).toMatch(new RegExp(`^${String(idx).padStart(4, "0")}_[a-z0-9_]+$`));
  });

  test("each snapshot follows the one before it: of two branches, one generates again", () => {
    const snapshots = entries.map(({ tag }) => Snapshot.parse(json(`${tag.slice(0, 4)}_snapshot.json`)));
    for (const [index, { prevId }] of snapshots.entries())
      if (index) expect(prevId, entries[index]?.tag).toBe(snapshots[index - 1]?.id);
  });

  test.each(entries)("$tag has a way back that is not empty", async ({ tag }) => {
    await expect(readWayBack("drizzle", tag)).resolves.toMatchObject({ sql: expect.stringMatching(/\w/) });
  });

  test("no way back belongs to a migration that is not there", () => {
    const names = readdirSync("drizzle").filter((file) => file.endsWith(".down.sql"));
    expect(names).toEqual(entries.map(({ tag }) => `${tag}.down.sql`));
  });
});

describe("squawk", () => {
  test.each([true, false])(
    "finds nothing in the migrations (in a transaction: %s)",
    async (isTransactional) => {
      const files = migrations.filter((migration) => migration.isTransactional === isTransactional);
      expect(await squawk(isTransactional, ...files.map(({ file }) => file))).toBe("");
    },
  );

  test("finds a lock that lasts and a column that is still in use", async () => {
    const file = join(await copyOfMigrations(), "bad.sql");
    await writeFile(file, `alter table tasks drop column title; create index i on tasks (id);`);
    const found = await squawk(true, file);
    expect(found).toContain("ban-drop-column");
    expect(found).toContain("require-concurrent-index-creation");
  });
});
