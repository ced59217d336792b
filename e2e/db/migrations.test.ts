import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { migrate, status } from "@/lib/db/migrate";
import { query } from "../support/database";
import { catalogOf } from "./catalog";
import {
  emptyDatabase,
  folderOf,
  INDEX,
  LATER,
  LISTS,
  NOTES,
  prepared,
  refusal,
  type Step,
  stateOf,
  writeSteps,
} from "./scratch";

describe("migrate", () => {
  test("applies what is missing, in order, once, and records it", async () => {
    const { url, directory } = await prepared(LISTS);
    await writeSteps(directory, [LISTS, NOTES, INDEX]);
    const lines: string[] = [];
    expect(await migrate(url, { directory, log: (line) => lines.push(line) })).toEqual({
      applied: [NOTES.name, INDEX.name],
    });
    expect(lines).toEqual([expect.stringMatching(/^Applied 0001_notes in \d+ ms\.$/), expect.any(String)]);
    expect(await migrate(url, { directory })).toEqual({ applied: [] });
    const { applied, pending, problems } = await status(url, { directory });
    expect(applied).toMatchObject([{ id: 0, name: LISTS.name, appVersion: "0.1.0" }, { id: 1 }, { id: 2 }]);
    expect({ pending, problems }).toEqual({ pending: [], problems: [] });
  });

  test("stops after `until`", async () => {
    const url = await emptyDatabase();
    const directory = await folderOf([LISTS, NOTES]);
    expect(await migrate(url, { directory, until: LISTS.name })).toEqual({ applied: [LISTS.name] });
    expect(await status(url, { directory })).toMatchObject({ pending: [NOTES.name] });
    expect(await refusal(migrate(url, { directory, until: "0009_x" }))).toContain(
      "There is no migration 0009_x",
    );
  });

  test("ten at once apply each migration once, concurrent indexes included", async () => {
    const url = await emptyDatabase();
    const directory = await folderOf([LISTS, NOTES, INDEX, LATER]);
    const runs = await Promise.all(Array.from({ length: 10 }, () => migrate(url, { directory })));
    const names = [LISTS.name, NOTES.name, INDEX.name, LATER.name];
    expect(runs.flatMap(({ applied }) => applied).sort()).toEqual(names);
    expect((await status(url, { directory })).applied.map(({ name }) => name)).toEqual(names);
  });

  test("sets the timeouts of later sessions, and is not held to them itself", async () => {
    const { url, directory } = await prepared(LISTS);
    const timeouts = { statementTimeoutMs: 300, lockTimeoutMs: 200 };
    expect(await migrate(url, { directory, timeouts })).toEqual({ applied: [] });
    expect(await query(url, "show statement_timeout")).toEqual([{ statement_timeout: "300ms" }]);
    await writeSteps(directory, [LISTS, { ...NOTES, up: "select pg_sleep(0.5)" }]);
    expect(await migrate(url, { directory })).toEqual({ applied: [NOTES.name] });
  });

  test("one that fails midway leaves the database as it was, and names the line", async () => {
    const { url, directory } = await prepared(LISTS);
    const before = await stateOf(url);
    const bad = { ...NOTES, up: `${NOTES.up}\ninsert into lists values (1);\nselect nonsense;` };
    await writeSteps(directory, [LISTS, bad]);
    const message = await refusal(migrate(url, { directory }));
    expect(message).toMatch(
      /0001_notes\.sql, line 5: column "nonsense" does not exist \(42703\)\. Nothing of it/,
    );
    expect(await stateOf(url)).toEqual(before);
    await writeSteps(directory, [LISTS, NOTES]);
    expect(await migrate(url, { directory })).toEqual({ applied: [NOTES.name] });
  });

  test("one that cannot be recorded leaves the database as it was", async () => {
    const { url, directory } = await prepared(LISTS);
    const before = await stateOf(url);
    const noRoom = "alter table migrations.applied add constraint no_room check (id < 1);";
    await writeSteps(directory, [LISTS, { ...NOTES, up: `${NOTES.up};\n${noRoom}` }]);
    expect(await refusal(migrate(url, { directory }))).toMatch(/violates check constraint "no_room"/);
    expect(await stateOf(url)).toEqual(before);
  });

  test("one whose connection is cut leaves the database as it was, and the lock free", async () => {
    const { url, directory } = await prepared(LISTS);
    const before = await stateOf(url);
    await writeSteps(directory, [LISTS, { ...NOTES, up: `${NOTES.up};\nselect pg_sleep(20);` }]);
    const cut = async () => {
      const text = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep'`;
      while (!(await query(url, text)).length) await sleep(20);
    };
    const [message] = await Promise.all([refusal(migrate(url, { directory })), cut()]);
    expect(message).toMatch(/connection was lost while .*0001_notes\.sql ran/);
    expect(await stateOf(url)).toEqual(before);
    await writeSteps(directory, [LISTS, NOTES]);
    expect(await migrate(url, { directory })).toEqual({ applied: [NOTES.name] });
  });

  test("waits at most 5 s for a table, so that a queue behind it is short", async () => {
    const { url, directory } = await prepared(LISTS);
    await writeSteps(directory, [LISTS, NOTES]);
    const reader = new pg.Client({ connectionString: url });
    await reader.connect();
    onTestFinished(() => reader.end());
    await reader.query("begin; select * from lists");
    expect(await refusal(migrate(url, { directory }))).toContain("Something held a lock for 5s: try again.");
    await reader.query("commit");
    expect(await migrate(url, { directory })).toEqual({ applied: [NOTES.name] });
  });

  test("one without a transaction that fails midway can be run again", async () => {
    const { url, directory } = await prepared(LISTS);
    await query(url, "insert into lists values (1, 'a'), (2, 'a')");
    await writeSteps(directory, [LISTS, INDEX]);
    expect(await refusal(migrate(url, { directory }))).toMatch(/could not create unique index.*run it again/);
    expect(await catalogOf(url)).toContainEqual(expect.stringMatching(/lists_name_key .*INVALID/));
    expect((await status(url, { directory })).pending).toEqual([INDEX.name]);
    await query(url, "update lists set name = 'b' where id = 2");
    expect(await migrate(url, { directory })).toEqual({ applied: [INDEX.name] });
    expect(await catalogOf(url)).toContainEqual(expect.stringMatching(/^index .*lists_name_key .*\(name\)$/));
  });
});

describe("migrate refuses", () => {
  const cases: [string, Step[], Step[], RegExp][] = [
    [
      "a migration that was edited",
      [LISTS],
      [{ ...LISTS, up: `${LISTS.up} ` }],
      /0000_lists\.sql was edited after/,
    ],
    [
      "one that is older than the newest applied",
      [LISTS, LATER],
      [LISTS, NOTES, LATER],
      /0001_notes.* not applied, but 0003_later.* is/,
    ],
    [
      "a database that is newer than the code",
      [LISTS, NOTES],
      [LISTS],
      /newer than this code: it has the migration 0001_notes/,
    ],
    [
      "an index outside a transaction that could not be built again",
      [LISTS],
      [LISTS, { ...INDEX, up: INDEX.up.replaceAll("if not exists", "") }],
      /CONCURRENTLY IF NOT EXISTS/,
    ],
  ];

  test.each(cases)("%s, and says what to do", async (_, then, now, message) => {
    const { url, directory } = await prepared(...then);
    const before = await stateOf(url);
    for (const { name } of then) await rm(join(directory, `${name}.sql`));
    await writeSteps(directory, now);
    expect(await refusal(migrate(url, { directory }))).toMatch(message);
    expect(await stateOf(url)).toEqual(before);
  });

  test("a file that the journal does not list, and a listed one that is missing or empty", async () => {
    const { url, directory } = await prepared(LISTS);
    await writeFile(join(directory, "0001_stray.sql"), "select 1");
    expect(await refusal(migrate(url, { directory }))).toMatch(/0001_stray\.sql is not listed/);
    await rm(join(directory, "0001_stray.sql"));
    await rm(join(directory, "0000_lists.sql"));
    expect(await refusal(migrate(url, { directory }))).toMatch(/0000_lists\.sql is missing/);
    await writeFile(
      join(directory, "0000_lists.sql"),
      "-- Custom SQL migration file, put your code below! --",
    );
    expect(await refusal(migrate(url, { directory }))).toMatch(/0000_lists\.sql is empty/);
    await writeFile(join(directory, "meta", "_journal.json"), "<<<<<<< ours");
    expect(await refusal(migrate(url, { directory }))).toMatch(/is there a merge to finish/);
  });

  test("a pooler's address, and a database that is not there, without the password", async () => {
    const pooler = "postgresql://u:hush@ep-x-pooler.eu.aws.neon.tech/db";
    expect(await refusal(migrate(pooler))).toMatch(/set DATABASE_URL_UNPOOLED/);
    const message = await refusal(migrate("postgresql://u:hush@127.0.0.1:1/db"));
    expect(message).toMatch(/cannot be reached: .*ECONNREFUSED/);
    expect(message).not.toContain("hush");
  });
});
