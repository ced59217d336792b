import { describe, expect, test } from "vitest";
import { aTask, updating } from "@/e2e/support/board-samples";
import type { Operation } from "./apply";
import { isContested, makeId, withVersions } from "./gestures";

describe("isContested", () => {
  const seen = aTask("a", { title: "Seen", position: "a1" });
  const rename = updating("a", { title: "Mine" });

  test("by who wrote another text into the same field", () => {
    expect(isContested(rename, seen, { ...seen, title: "Theirs" })).toBe(true);
  });

  test.each([
    ["wrote something else", { description: "x" }],
    ["wrote the very same", { title: "Mine" }],
    ["wrote nothing but spaces, which the server takes away", { title: " Seen " }],
  ])("not by who %s", (_, theirs) => {
    expect(isContested(rename, seen, { ...seen, ...theirs })).toBe(false);
  });

  test("not where the last one counts: place, order, completion", () => {
    const body = { position: "a2", priority: "not_urgent_important", is_completed: true } as const;
    expect(isContested(updating("a", body), seen, { ...seen, position: "a9", is_completed: true })).toBe(
      false,
    );
  });
});

describe("withVersions", () => {
  const before = { a: aTask("a", { version: 3 }) };
  const versions = (operations: Operation[], now = aTask("a", { version: 5 })) =>
    withVersions({ operations, before }, new Map([["a", now]])).map(({ if_match }) => if_match);

  test("writes over the newest version that is known", () => {
    expect(versions([updating("a", { title: "Mine" })])).toEqual([5]);
  });

  test("but over words that the person has not seen only with the version that was seen", () => {
    const theirs = aTask("a", { version: 5, title: "Theirs" });
    expect(versions([updating("a", { title: "Mine" })], theirs)).toEqual([3]);
    expect(versions([updating("a", { position: "a5" })], theirs)).toEqual([5]);
  });

  test("leaves what is fixed, what has no version yet, and the later ones to the same task", () => {
    const fixed = { ...updating("a", { title: "Mine" }), if_match: 2 };
    expect(versions([fixed])).toEqual([2]);
    expect(versions([{ op: "create", id: "a" }])).toEqual([undefined]);
    expect(versions([{ op: "restore", id: "a" }])).toEqual([undefined]);
    expect(versions([updating("b", { title: "Mine" })])).toEqual([undefined]);
    const both = [updating("a", { title: "Mine" }), updating("a", { title: "Mine!" })];
    expect(versions(both)).toEqual([5, undefined]);
  });
});

test("ids are of version 7, and sort by the time of their making", () => {
  const ids = [1_800_000_000_000, 1_800_000_000_001, 1_900_000_000_000].map((now) => makeId(now));
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
});
