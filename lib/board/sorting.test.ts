import { describe, expect, test } from "vitest";
import { NOT_BEGUN, progressOf, resumed, returned, stepped } from "./sorting";

describe("going through what is unsorted", () => {
  test("begins with the first", () => {
    expect(progressOf(NOT_BEGUN, ["a", "b"])).toMatchObject({ current: "a", position: 1, total: 2 });
    expect(progressOf(NOT_BEGUN, [])).toMatchObject({ current: null, total: 0 });
  });

  test("what is looked at stays while others arrive above it", () => {
    const sorting = { ...NOT_BEGUN, current: "a" };
    expect(progressOf(sorting, ["new", "a", "b"])).toMatchObject({ current: "a", total: 3 });
  });

  test("a decided one is behind, and one that goes away elsewhere is not counted", () => {
    const sorting = stepped(NOT_BEGUN, "a");
    expect(progressOf(sorting, ["b", "c"])).toMatchObject({ current: "b", position: 2, total: 3 });
    expect(progressOf(sorting, ["c"])).toMatchObject({ current: "c", position: 2, total: 2 });
  });

  test("a skipped one is behind and still there, until all come once more", () => {
    const sorting = stepped(stepped(NOT_BEGUN, "a", { isSkip: true }), "b");
    expect(progressOf(sorting, ["a"])).toMatchObject({ current: null, skipped: 1, left: 0, total: 2 });
    expect(progressOf(resumed(sorting), ["a"])).toMatchObject({ current: "a", skipped: 0, position: 2 });
  });

  test("a step back looks at the same one again, out of its turn", () => {
    const sorting = stepped(stepped(NOT_BEGUN, "a"), "b", { isSkip: true });
    const back = returned(sorting, "b");
    expect(progressOf(back, ["b", "c"])).toMatchObject({ current: "b", position: 2, total: 3 });
    expect(progressOf(returned(back, "a"), ["x", "a", "b", "c"])).toMatchObject({
      current: "a",
      position: 1,
    });
  });

  test("what somebody else brought back counts once", () => {
    const sorting = stepped(NOT_BEGUN, "a");
    expect(progressOf(sorting, ["a", "b"])).toMatchObject({ position: 1, total: 2 });
  });
});
