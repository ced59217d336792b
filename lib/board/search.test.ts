import { describe, expect, test } from "vitest";
import type { Task } from "@/lib/client/client";
import { hits, piecesOf, snippetOf, steady, wordsIn } from "./search";

type Known = Pick<Task, "id" | "title" | "description" | "is_completed" | "deleted_at" | "updated_at">;

const task = (id: string, title: string, rest: Partial<Known> = {}) =>
  ({
    id,
    title,
    description: null,
    is_completed: false,
    deleted_at: null,
    updated_at: "2026-10-14T00:00:00.000Z",
    ...rest,
  }) as Task;

const marked = (text: string, query: string) =>
  piecesOf(text, wordsIn(query))
    .map(({ text, isHit }) => (isHit ? `[${text}]` : text))
    .join("");

describe("hits", () => {
  const found = (query: string, ...tasks: Task[]) => hits(tasks, wordsIn(query)).map(({ id }) => id);

  test("every word occurs somewhere, whatever its case and accents", () => {
    const tasks = [task("both", "Café Zürich", { description: "ORDER" }), task("one", "Cafe")];
    expect(found("cafe order", ...tasks)).toEqual(["both"]);
    expect(found("CAFÉ", ...tasks).sort()).toEqual(["both", "one"]);
  });

  test("titles come before notes, and open tasks before completed ones", () => {
    const tasks = [
      task("done", "milk", { is_completed: true, updated_at: "2026-10-16T00:00:00.000Z" }),
      task("notes", "shop", { description: "milk", updated_at: "2026-10-15T00:00:00.000Z" }),
      task("title", "milk"),
    ];
    expect(found("milk", ...tasks)).toEqual(["title", "notes", "done"]);
  });

  test("nothing is found by nothing, and nothing in the trash", () => {
    expect(found("  ", task("a", "milk"))).toEqual([]);
    expect(found("milk", task("a", "milk", { deleted_at: "2026-10-14T00:00:00.000Z" }))).toEqual([]);
  });
});

test("what is shown stays in its order: what is gone leaves, what is new comes below", () => {
  expect(steady(["a", "b", "c"], ["x", "c", "a"])).toEqual(["a", "c", "x"]);
});

describe("marking", () => {
  test.each([
    ["Café Zürich", "zur", "Café [Zür]ich"],
    ["Cafe\u0301 au lait", "cafe", "[Cafe\u0301] au lait"],
    ["banana", "an", "b[anan]a"],
    ["ab abc", "ab abc", "[ab] [abc]"],
    ["ﬁnd it", "fi", "[ﬁ]nd it"],
    ["👍🏽 well done", "done", "👍🏽 well [done]"],
    ["a.b*c", "b*", "a.[b*]c"],
    ["nothing", "else", "nothing"],
  ])("%s for %s", (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
    expect(
      piecesOf(text, wordsIn(query))
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });

  test("of long notes the part around the first hit is shown", () => {
    const notes = `${"x ".repeat(200)}needle${" y".repeat(200)}`;
    const snippet = snippetOf(notes, ["needle"]);
    expect(snippet).toMatch(/^….*needle.*…$/);
    expect(snippet?.length).toBeLessThan(170);
    expect(snippetOf(notes, ["absent"])).toBeNull();
  });
});
