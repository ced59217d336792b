import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rollback, status } from "@/lib/db/migrate";
import { catalogOf } from "./catalog";
import { INDEX, LATER, LISTS, NOTES, prepared, refusal, stateOf, writeSteps } from "./scratch";

describe("rollback", () => {
  test("undoes the newest, a count, or all after one, with their records", async () => {
    const { url, directory } = await prepared(LISTS, NOTES, INDEX, LATER);
    expect(await rollback(url, { directory })).toEqual({ undone: [LATER.name] });
    expect(await rollback(url, { directory, to: LISTS.name })).toEqual({ undone: [INDEX.name, NOTES.name] });
    const { url: fresh } = await prepared(LISTS);
    expect(await catalogOf(url)).toEqual(await catalogOf(fresh));
    expect(await rollback(url, { directory, count: 5 })).toEqual({ undone: [LISTS.name] });
    expect((await status(url, { directory })).pending).toHaveLength(4);
  });

  test("asks before it undoes anything", async () => {
    const { url, directory } = await prepared(LISTS, NOTES);
    const asked: string[][] = [];
    const confirm = async (names: string[]) => asked.push(names) > 1;
    expect(await rollback(url, { directory, count: 2, confirm })).toEqual({ undone: [] });
    expect((await status(url, { directory })).pending).toEqual([]);
    expect(await rollback(url, { directory, count: 2, confirm })).toEqual({ undone: asked[0] });
  });

  test("refuses a way back that is missing, empty or wrong, and leaves the database as it was", async () => {
    const { url, directory } = await prepared(LISTS, { ...NOTES, down: undefined });
    const before = await stateOf(url);
    expect(await refusal(rollback(url, { directory, count: 2 }))).toMatch(/0001_notes\.down\.sql is missing/);
    for (const [down, message] of [
      ["-- nothing yet\n", /is empty/],
      ["drop table notes; drop table no;", /"no" does not/],
    ] as const) {
      await writeSteps(directory, [LISTS, { ...NOTES, down }]);
      expect(await refusal(rollback(url, { directory }))).toMatch(message);
      expect(await stateOf(url)).toEqual(before);
    }
  });

  test("refuses to undo what this code does not know", async () => {
    const { url, directory } = await prepared(LISTS, NOTES);
    await rm(join(directory, "0001_notes.sql"));
    await writeSteps(directory, [LISTS]);
    expect(await refusal(rollback(url, { directory }))).toMatch(/newer than this code.*0001_notes/);
  });
});
