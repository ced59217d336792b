import { expect, onTestFinished, test } from "vitest";
import { migrate, rollback } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migrations/files";
import { createDatabase } from "../support/database";
import { catalogOf } from "./catalog";
import { contentsOf, differences, fill } from "./rows";
import { folderOf, type Step } from "./scratch";

async function database(template = "template0"): Promise<string> {
  const made = await createDatabase({ template });
  onTestFinished(async () => void (await made.drop()));
  return made.url;
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** Goes up migration by migration; at each: rows, down, up. Tells what came out different. */
async function lossesOf(directory: string): Promise<string[]> {
  const url = await database();
  const losses: string[] = [];
  for (const { name } of await readMigrations(directory)) {
    const older = await catalogOf(url);
    await migrate(url, { directory, until: name });
    await fill(url);
    const full = await contentsOf(url);
    await rollback(url, { directory });
    const [left, back] = [await catalogOf(url), await contentsOf(url)];
    const unlike = [...older, ...left].filter((line) => !older.includes(line) || !left.includes(line));
    losses.push(...unlike.map((line) => `${name}: the way back does not restore: ${line}`));
    await migrate(url, { directory, until: name });
    const again = await contentsOf(url);
    const changed = new Set([...differences(back, full), ...differences(back, again)]);
    losses.push(...[...changed].map((table) => `${name}: down and up changes rows of ${table}`));
  }
  return losses;
}

/** Brings a database of every version, with rows in it, to the newest. */
async function upgradeLossesOf(directory: string): Promise<string[]> {
  const source = await database();
  const migrations = await readMigrations(directory);
  const losses: string[] = [];
  for (const { name } of migrations) {
    await migrate(source, { directory, until: name });
    await fill(source);
    const before = await contentsOf(source);
    const copy = await database(nameOf(source));
    await migrate(copy, { directory });
    const changed = differences(before, await contentsOf(copy));
    losses.push(...changed.map((table) => `from ${name}: rows of ${table} are not what they were`));
  }
  return losses;
}

test("every migration can be undone and done again without loss in other tables", async () => {
  expect(await lossesOf("drizzle")).toEqual([]);
}, 60_000);

test("a database of every older version, with data, comes to the newest without loss", async () => {
  expect(await upgradeLossesOf("drizzle")).toEqual([]);
}, 60_000);

const LISTS: Step = {
  name: "0000_lists",
  up: "create table lists (id uuid primary key, name text not null);",
  down: "drop table lists;",
};
const ITEMS: Step = {
  name: "0001_items",
  up: `create table items (list_id uuid not null references lists, id uuid primary key, done boolean default false);
    alter table lists add column color text not null default 'red';`,
  down: "drop table items; alter table lists drop column color;",
};

test("these checks pass a sound pair of migrations", async () => {
  const directory = await folderOf([LISTS, ITEMS]);
  expect(await lossesOf(directory)).toEqual([]);
  expect(await upgradeLossesOf(directory)).toEqual([]);
});

test("these checks find a way back that loses rows, and one that leaves something behind", async () => {
  const careless = {
    ...ITEMS,
    down: "drop table items; delete from lists; alter table lists drop column color;",
  };
  expect(await lossesOf(await folderOf([LISTS, careless]))).toEqual([
    "0001_items: down and up changes rows of lists",
  ]);
  const incomplete = {
    ...ITEMS,
    up: ITEMS.up.replace("add column", "add column if not exists"),
    down: "drop table items;",
  };
  expect(await lossesOf(await folderOf([LISTS, incomplete]))).toEqual([
    expect.stringMatching(/^0001_items: the way back does not restore: column lists\.color/),
  ]);
});

test("these checks find an upgrade that changes rows", async () => {
  const directory = await folderOf([LISTS, { ...ITEMS, up: `${ITEMS.up} update lists set name = 'x';` }]);
  expect(await upgradeLossesOf(directory)).toEqual(["from 0000_lists: rows of lists are not what they were"]);
});
