import { describe, expect, test } from "vitest";
import { aGesture, updating } from "@/e2e/support/board-samples";
import { History } from "./history";

const NOW = "2026-10-14T09:00:00.000Z";
const NOTHING = new Map();

function withSteps(...keys: string[]) {
  const history = new History();
  for (const key of keys) history.add(aGesture(key, [updating("a", { title: key })]));
  const labels = () => [history.undoLabel, history.redoLabel];
  return { history, labels };
}

describe("the line of what was done", () => {
  test("goes back and forth, one step at a time", () => {
    const { history, labels } = withSteps("one", "two");
    expect(labels()).toEqual(["Did two", null]);
    expect(history.undo(NOTHING, NOW)).toMatchObject({ undoes: "two", label: "Undone: Did two", at: NOW });
    expect(history.undo(NOTHING, NOW)?.undoes).toBe("one");
    expect(history.undo(NOTHING, NOW)).toBeUndefined();
    expect(labels()).toEqual([null, "Did one"]);
    expect(history.redo(NOTHING, NOW)?.label).toBe("Did one");
    expect(labels()).toEqual(["Did one", "Did two"]);
  });

  test("to do again undoes the undoing, and so on", () => {
    const { history } = withSteps("one");
    const undo = history.undo(NOTHING, NOW);
    const redo = history.redo(NOTHING, NOW);
    expect(redo?.undoes).toBe(undo?.key);
    expect(history.undo(NOTHING, NOW)?.undoes).toBe(redo?.key);
  });

  test("is cut where something new is done", () => {
    const { history, labels } = withSteps("one", "two");
    history.undo(NOTHING, NOW);
    history.add(aGesture("three", []));
    expect(labels()).toEqual(["Did three", null]);
    history.undo(NOTHING, NOW);
    expect(labels()).toEqual(["Did one", "Did three"]);
  });

  test("keeps a hundred steps", () => {
    const { history } = withSteps(...Array.from({ length: 130 }, (_, index) => `${index}`));
    let count = 0;
    while (history.undo(NOTHING, NOW)) count += 1;
    expect(count).toBe(100);
  });
});

describe("what the server calls it", () => {
  test("goes with the undoing, and is asked for anew of each doing", () => {
    const { history } = withSteps("one");
    history.settle("one", ["c1"]);
    history.settle("one", ["c2"]);
    const undo = history.undo(NOTHING, NOW);
    expect(undo?.changeIds).toEqual(["c1", "c2"]);
    history.settle(undo?.key ?? "", ["c3"]);
    expect(history.redo(NOTHING, NOW)?.changeIds).toEqual(["c3"]);
  });

  test("where nothing came of it, the step goes, done or undone", () => {
    const { history, labels } = withSteps("one", "two", "three");
    history.settle("one", ["c1"]);
    history.forgetEmpty("one");
    history.forgetEmpty("two");
    expect(labels()).toEqual(["Did three", null]);
    const undo = history.undo(NOTHING, NOW);
    history.forgetEmpty(undo?.key ?? "");
    expect(labels()).toEqual(["Did one", null]);
    history.forgetEmpty("unknown");
    expect(labels()).toEqual(["Did one", null]);
  });
});
