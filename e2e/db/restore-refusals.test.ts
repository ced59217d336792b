import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dump } from "@/lib/db/dump";
import { migrate, status } from "@/lib/db/migrate";
import { restore } from "@/lib/db/restore";
import { createDatabase, query } from "../support/database";
import { open, printOf, settle } from "./dump-world";
import { copyOfMigrations, emptyDatabase } from "./scratch";

const quietly = { log: () => {}, step: <T>(_: string, work: () => Promise<T>) => work() };

let folder: string;
let home: Awaited<ReturnType<typeof createDatabase>>;
let target: string;
let good: Buffer;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fourfold-restore-"));
  home = await createDatabase();
  const database = open(home.url);
  await settle(database, "ada@example.org");
  await database.close();
  const file = join(folder, "good");
  await dump(home.url, file, quietly);
  good = await readFile(file);
  text = gunzipSync(good).toString();
  target = (await createDatabase()).url;
});
afterAll(async () => {
  await home.drop();
  await query(home.url.replace(/[^/]+$/, "postgres"), `drop database "${new URL(target).pathname.slice(1)}"`);
  await rm(folder, { recursive: true });
});

async function refusalOf(content: Buffer | string, url = target): Promise<string> {
  const file = join(folder, "tried");
  await writeFile(file, content);
  return restore(url, file, quietly).then(
    () => expect.unreachable("it was not refused"),
    (error: Error) => error.message.replaceAll(file, "FILE"),
  );
}

const edited = (pattern: string | RegExp, replacement: string) => {
  expect(text).toMatch(pattern);
  return gzipSync(text.replace(pattern, replacement));
};

const NOT_OURS = "FILE is not a dump made by `npm run db:dump`.";
const DAMAGED = "FILE is damaged: take another one.";
const TOO_EARLY = "FILE ends too early: take another one.";

const cases: [string, () => Buffer, string | RegExp][] = [
  [
    "no gzip",
    () => Buffer.from("hello\n".repeat(100)),
    "FILE is damaged, or is not a dump made by `npm run db:dump`.",
  ],
  ["another gzip", () => gzipSync("hello\n".repeat(100)), NOT_OURS],
  ["a gzip without lines", () => gzipSync(Buffer.alloc(5_000_000, "x")), DAMAGED],
  ["a header that is none", () => edited(/^-- Fourfold dump .*/, '-- Fourfold dump {"format":1}'), NOT_OURS],
  [
    "a newer format",
    () => edited('{"format":1', '{"format":2'),
    /^FILE has a newer format .* restore it with version 0\.1\.0, /,
  ],
  [
    "an unknown migration",
    () => edited(/"migration":"\w+"/, '"migration":"0999_later"'),
    /^FILE is newer than this code: .* 0999_later, /,
  ],
  ["an empty file", () => Buffer.alloc(0), TOO_EARLY],
  ["half of it", () => good.subarray(0, good.length / 2), TOO_EARLY],
  ["all but the last byte", () => good.subarray(0, -1), TOO_EARLY],
  ["no last line", () => edited(/-- Fourfold dump ends .*\n$/, ""), TOO_EARLY],
  ["a wrong sum", () => Buffer.concat([good.subarray(0, -8), Buffer.alloc(8)]), /^FILE is damaged/],
  ["more at the end", () => edited(/$/, "more\n"), DAMAGED],
  ["a row less", () => edited(/(\nCOPY public\."tasks".*\n).*\n/, "$1"), DAMAGED],
  ["a table less", () => edited(/\nCOPY public\."tasks"[\s\S]*?\n\\\.\n/, "\n"), DAMAGED],
  [
    "a value that is none",
    () => edited(/(\nCOPY public\."users".*\n)/, "$1no-uuid"),
    /^The database refused: invalid input syntax for type uuid/,
  ],
  [
    "a row without its parent",
    () => edited(/(\nCOPY public\."spaces".*\n).*\n/, "$1"),
    /^The database refused: .* violates foreign key constraint/,
  ],
  [
    "a table that the migrations do not make",
    () => edited('"name":"tasks"', '"name":"chores"'),
    /^The tables of the dump are not those that the migrations up to \d{4}_\w+ make\.$/,
  ],
];

describe("a restore refuses", { timeout: 60_000 }, () => {
  test.each(cases)("%s, and keeps nothing of it", async (_, content, message) => {
    const refusal = await refusalOf(content());
    if (typeof message === "string") expect(refusal).toBe(message);
    else expect(refusal).toMatch(message);
    expect((await printOf(target)).filter((line) => !/ 0 $/.test(line))).toEqual([]);
  });

  test("a file that is not there, and a folder", async () => {
    const none = join(folder, "none");
    await expect(restore(target, none, quietly)).rejects.toThrow(`${none} is not there`);
    await expect(restore(target, folder, quietly)).rejects.toThrow(`${folder} is a folder: name a file.`);
  });

  test("a database with somebody in it, which it does not even migrate", async () => {
    const url = await emptyDatabase();
    await migrate(url, { until: "0000_users_and_spaces" });
    await query(url, "insert into users (id, email) values (gen_random_uuid(), 'a@example.org')");
    expect(await refusalOf(good, url)).toBe(
      "The database is not empty (there are rows in users): restore into an empty one.",
    );
    expect((await status(url)).applied.map(({ name }) => name)).toEqual(["0000_users_and_spaces"]);
  });

  test("a database that somebody enters while it begins", async () => {
    const { url, drop } = await createDatabase();
    const database = open(url);
    const held = await database.begin();
    await held.db.execute("insert into users (id, email) values (gen_random_uuid(), 'a@example.org')");
    const refused = expect(restore(url, join(folder, "good"), quietly)).rejects.toThrow(
      "(there are rows in users)",
    );
    const waits =
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while ((await query(url, waits)).length === 0) await sleep(20);
    await held.db.execute("commit");
    held.release();
    await refused;
    await database.close();
    await drop();
  });

  test("a dump of an older version, into a database that is further", async () => {
    const old = await emptyDatabase();
    await migrate(old, { until: "0004_sign_in" });
    const file = join(folder, "old");
    await dump(old, file, quietly);
    await expect(restore(target, file, quietly)).rejects.toThrow(
      "`npm run db:rollback -- --to 0004_sign_in`",
    );
  });

  test("a dump of a newer version than the code, and says which", async () => {
    const directory = await copyOfMigrations();
    const journal = join(directory, "meta/_journal.json");
    const { entries } = JSON.parse(await readFile(journal, "utf8")) as { entries: { tag: string }[] };
    const newest = entries.pop()?.tag ?? "";
    await writeFile(journal, JSON.stringify({ entries }));
    await rm(join(directory, `${newest}.sql`));
    const file = join(folder, "good");
    await expect(restore(await emptyDatabase(), file, { ...quietly, directory })).rejects.toThrow(
      `${file} is newer than this code: it was made by version 0.1.0 at the migration ${newest}, which is not here.`,
    );
  });

  test("nothing afterwards: the next try with a whole file succeeds", async () => {
    await restore(target, join(folder, "good"), quietly);
    expect(await printOf(target)).toEqual(await printOf(home.url));
  });
});
