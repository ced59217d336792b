import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aTask } from "@/e2e/support/board-samples";
import { byPosition, placesOf, positionsAt } from "./order";

const at = (id: string, position: string) => ({ id, position });

/** As if they were put there: the list in its new order. */
function put(list: readonly { id: string; position: string }[], index: number, count: number) {
  const positions = positionsAt(list, index, count);
  const added = positions.map((position, nth) => at(`new ${nth}`, position));
  return [...list, ...added].sort(byPosition).map(({ id }) => id);
}

describe("positionsAt", () => {
  test("finds room on top, between, at the end, and in an empty list", () => {
    const list = [at("a", "a0"), at("b", "a1")];
    expect(put(list, 0, 2)).toEqual(["new 0", "new 1", "a", "b"]);
    expect(put(list, 1, 2)).toEqual(["a", "new 0", "new 1", "b"]);
    expect(put(list, 2, 2)).toEqual(["a", "b", "new 0", "new 1"]);
    expect(put([], 0, 2)).toEqual(["new 0", "new 1"]);
  });

  test("where two have the same key it goes below both", () => {
    const list = [at("a", "a0"), at("b", "a1"), at("c", "a1"), at("d", "a2")];
    expect(put(list, 2, 1)).toEqual(["a", "b", "c", "new 0", "d"]);
  });

  test("at the end of equal ones it comes last", () => {
    expect(put([at("a", "a1"), at("b", "a1")], 1, 1)).toEqual(["a", "b", "new 0"]);
  });

  test("any number of insertions anywhere stand where they were put", () => {
    const spot = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 40 }), (spots) => {
        let list: { id: string; position: string }[] = [];
        for (const [nth, [where, count]] of spots.entries()) {
          const index = where % (list.length + 1);
          const added = positionsAt(list, index, count).map((position, n) => at(`${nth}.${n}`, position));
          list = [...list.slice(0, index), ...added, ...list.slice(index)];
          expect([...list].sort(byPosition)).toEqual(list);
        }
      }),
    );
  });
});

describe("placesOf", () => {
  const tasks = [
    aTask("b", { position: "a1" }),
    aTask("a", { position: "a1" }),
    aTask("c", { position: "Zz" }),
    aTask("d", { is_sorted: false, priority: "not_urgent_not_important" }),
    aTask("e", { priority: "not_urgent_important" }),
    aTask("f", { is_completed: true }),
    aTask("g", { deleted_at: "2026-10-14T08:00:00.000Z" }),
  ];

  test("has the open tasks of every place by their keys, compared by bytes, and equal ones by id", () => {
    expect(placesOf(tasks)).toEqual({
      unsorted: ["d"],
      do: ["c", "a", "b"],
      schedule: ["e"],
      delegate: [],
      drop: [],
    });
  });

  test("a list in which nothing moved stays the very same, so that nothing is rendered again", () => {
    const first = placesOf(tasks);
    const second = placesOf([...tasks, aTask("h", { priority: "not_urgent_important" })], first);
    expect(second.do).toBe(first.do);
    expect(second.unsorted).toBe(first.unsorted);
    expect(second.schedule).toEqual(["e", "h"]);
  });
});
