import { describe, expect, test } from "vitest";
import { aTask } from "@/e2e/support/board-samples";
import type { Task } from "@/lib/client/client";
import { apply } from "./apply";
import { placesOf } from "./order";
import {
  adding,
  changing,
  completing,
  type Deed,
  dating,
  moving,
  reordering,
  restoring,
  toggling,
  trashing,
  type View,
} from "./verbs";

const NAMES = { do: "Do", schedule: "Schedule", delegate: "Delegate", drop: "Drop", unsorted: "Unsorted" };
const names = (place: keyof typeof NAMES) => NAMES[place];

const viewOf = (tasks: readonly Task[]): View => ({
  tasks: new Map(tasks.map((task) => [task.id, task])),
  places: placesOf(tasks),
});

const view = viewOf([
  aTask("a", { title: "A", position: "a0" }),
  aTask("b", { title: "B", position: "a1" }),
  aTask("c", { title: "C", position: "a2" }),
  aTask("s", {
    title: "S",
    position: "a5",
    priority: "not_urgent_important",
    important: true,
    urgent: false,
  }),
  aTask("done", { title: "Done", is_completed: true }),
  aTask("gone", { title: "Gone", deleted_at: "2026-10-14T08:00:00.000Z" }),
]);

/** The places once it is done. */
function after({ operations }: Deed) {
  const tasks = new Map(view.tasks);
  for (const operation of operations) {
    const task = apply(tasks.get(operation.id), operation, { at: "2026-10-14T09:00:00.000Z", userId: "u" });
    if (task) tasks.set(operation.id, task);
  }
  return viewOf([...tasks.values()]).places;
}

describe("moving", () => {
  test("goes on top, says from where and to where, and leaves what is there already", () => {
    const deed = moving(view, ["b", "s"], "schedule", names);
    expect(deed.label).toBe("Moved “B” from Do to Schedule, position 1 of 2");
    expect(after(deed)).toMatchObject({ do: ["a", "c"], schedule: ["b", "s"] });
    expect(moving(view, ["a"], "do", names).operations).toEqual([]);
  });

  test("to an index stands there among the others, as one block", () => {
    expect(after(moving(view, ["s", "a"], "do", names, 1)).do).toEqual(["b", "s", "a", "c"]);
  });

  test("beyond the end comes last, and says so", () => {
    const deed = moving(view, ["a"], "do", names, 99);
    expect([after(deed).do, deed.label]).toEqual([["b", "c", "a"], "Moved “A” to Do, position 3 of 3"]);
  });

  test("back to Unsorted takes the priority away", () => {
    expect(after(moving(view, ["s"], "unsorted", names)).unsorted).toEqual(["s"]);
  });
});

describe("reordering", () => {
  test.each([
    ["b", "up", ["b", "a", "c"], "Moved “B” up, position 1 of 3"],
    ["b", "down", ["a", "c", "b"], "Moved “B” down, position 3 of 3"],
    ["c", "top", ["c", "a", "b"], "Moved “C” to the top, position 1 of 3"],
    ["a", "bottom", ["b", "c", "a"], "Moved “A” to the bottom, position 3 of 3"],
  ] as const)("%s %s", (id, to, expected, label) => {
    const deed = reordering(view, id, to, names);
    expect([after(deed).do, deed.label]).toEqual([expected, label]);
  });

  test.each([
    ["a", "up"],
    ["a", "top"],
    ["c", "down"],
    ["c", "bottom"],
    ["unknown", "up"],
  ] as const)("%s %s: there is nothing to do", (id, to) => {
    expect(reordering(view, id, to, names).operations).toEqual([]);
  });
});

describe("the other deeds", () => {
  test("adding keeps the order of the lines, on top of each place", () => {
    const deed = adding(
      view,
      [
        { id: "x", title: "X", place: "do" },
        { id: "u", title: "U", place: "unsorted" },
        { id: "y", title: "Y", place: "do" },
      ],
      names,
    );
    expect(deed.label).toBe("Added 3 tasks");
    expect(after(deed)).toMatchObject({ do: ["x", "y", "a", "b", "c"], unsorted: ["u"] });
    expect(adding(view, [{ title: "X", place: "do" }], names).label).toBe("Added “X” to Do");
  });

  test("toggling an axis takes all of them to where the first one goes", () => {
    expect(after(toggling(view, ["a", "b"], "urgent", names))).toMatchObject({ schedule: ["a", "b", "s"] });
    expect(after(toggling(view, ["a"], "important", names))).toMatchObject({ delegate: ["a"] });
    expect(toggling(view, ["unknown"], "urgent", names).operations).toEqual([]);
  });

  test("completing is for the open ones, reopening for the others", () => {
    expect(completing(view, ["a", "done"], true).operations.map(({ id }) => id)).toEqual(["a"]);
    expect(completing(view, ["a", "done"], false)).toMatchObject({
      label: "Reopened “Done”",
      operations: [{ op: "complete", id: "done", body: { completed: false } }],
    });
  });

  test("changing writes what is new, and nothing otherwise", () => {
    expect(changing(view, "a", { title: "A!" }).operations).toHaveLength(1);
    expect(changing(view, "a", { title: "A" }).operations).toEqual([]);
    expect(changing(view, "unknown", { title: "A" }).operations).toEqual([]);
  });

  test("a date is set with its kind, and cleared with it", () => {
    const due = { due_datetime: "2026-10-16T00:00:00.000Z", due_all_day: true };
    expect(dating(view, ["a"], due, "Friday")).toMatchObject({
      label: "“A” is due Friday",
      operations: [{ op: "update", body: due }],
    });
    expect(dating(view, ["a", "b"], null, "")).toMatchObject({
      label: "Cleared the date of 2 tasks",
      operations: [{ body: { due_datetime: null, due_all_day: false } }, {}],
    });
  });

  test("what is deleted is written no more, and can be restored", () => {
    for (const deed of [
      trashing(view, ["gone"]),
      changing(view, "gone", { title: "x" }),
      completing(view, ["gone"], true),
      moving(view, ["gone"], "drop", names),
    ])
      expect(deed.operations).toEqual([]);
    expect(restoring([aTask("gone")]).operations).toEqual([{ op: "restore", id: "gone" }]);
  });

  test("a long title is cut where it is told", () => {
    const long = viewOf([aTask("l", { title: "x".repeat(100) })]);
    expect(trashing(long, ["l"]).label).toBe(`Moved “${"x".repeat(59)}…” to the trash`);
  });
});
