import { describe, expect, test } from "vitest";
import { aGesture, memoryStorage, updating } from "@/e2e/support/board-samples";
import { createJournal, notesDraft } from "./journal";

const NOW = Date.parse("2026-10-14T08:00:00.000Z");
const day = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe("the journal", () => {
  test("gives the next life of the page what was not saved, in the order in which it was done", () => {
    const storage = memoryStorage();
    const journal = createJournal(storage, "u");
    const late = aGesture("a", [updating("t", { title: "late" })], { at: day(0) });
    const early = aGesture("b", [updating("t", { title: "early" })], { at: day(1) });
    for (const gesture of [late, early]) expect(journal.keep(gesture)).toBe(true);
    expect(createJournal(storage, "u").left()).toEqual([early, late]);
    expect([journal.has("a"), journal.has("c")]).toEqual([true, false]);
    journal.drop("a");
    expect(createJournal(storage, "u").left()).toEqual([early]);
  });

  test("shows nobody what is another's", () => {
    const storage = memoryStorage();
    createJournal(storage, "u").keep(aGesture("a", []));
    createJournal(storage, "u").keepDraft("x", "text", null);
    const other = createJournal(storage, "v");
    expect([other.left(), other.draft("x")]).toEqual([[], undefined]);
    other.clear();
    expect(createJournal(storage, "u").left()).toHaveLength(1);
  });

  test("leaves nothing behind on signing out", () => {
    const storage = memoryStorage();
    const journal = createJournal(storage, "u");
    storage.setItem("other", "stays");
    for (const key of ["a", "b", "c"]) journal.keep(aGesture(key, []));
    for (const name of ["x", "y"]) journal.keepDraft(name, "text", null);
    journal.clear();
    expect(storage.length).toBe(1);
  });

  test("keeps a draft for 30 days, and what cannot be read not at all", () => {
    const storage = memoryStorage();
    const put = (name: string, at: string) =>
      storage.setItem(`fourfold:u:draft:${name}`, JSON.stringify({ text: name, base: null, at }));
    put("young", day(29));
    put("old", day(31));
    storage.setItem("fourfold:u:draft:broken", "{");
    storage.setItem("fourfold:u:gesture:broken", "{");
    const journal = createJournal(storage, "u", NOW);
    expect(journal.draft("young")?.text).toBe("young");
    expect(storage.getItem("fourfold:u:draft:old")).toBeNull();
    expect(storage.getItem("fourfold:u:draft:broken")).toBeNull();
    expect(journal.left()).toEqual([]);
  });

  test("a draft is there until it is dropped", () => {
    const journal = createJournal(memoryStorage(), "u");
    journal.keepDraft(notesDraft("t"), "long", "before");
    expect(journal.draft("notes:t")).toMatchObject({ text: "long", base: "before" });
    journal.dropDraft("notes:t");
    expect(journal.draft("notes:t")).toBeUndefined();
  });

  test("says what it could not keep, where the browser has no room or forbids it", () => {
    expect(createJournal(memoryStorage(10), "u").keep(aGesture("a", []))).toBe(false);
    const none = createJournal(undefined, "u");
    expect([none.keep(aGesture("a", [])), none.has("a"), none.left()]).toEqual([false, false, []]);
  });
});
