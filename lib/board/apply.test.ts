import { describe, expect, test } from "vitest";
import { aTask } from "@/e2e/support/board-samples";
import type { Task } from "@/lib/client/client";
import { apply, inverse, type Operation } from "./apply";

const moment = { at: "2026-10-15T09:00:00.000Z", userId: "u" };

const done = { is_completed: true, completed_at: "2026-10-01T00:00:00.000Z" };

describe("apply", () => {
  const after = (operation: Omit<Operation, "id">, fields?: Partial<Task>) =>
    apply(aTask("a", fields), { id: "a", ...operation }, moment);

  test("a priority sorts the task, and the axes follow from it", () => {
    expect(
      after({ op: "update", body: { priority: "not_urgent_important" } }, { is_sorted: false }),
    ).toMatchObject({ is_sorted: true, important: true, urgent: false });
  });

  test("to unsort takes the priority away", () => {
    expect(after({ op: "update", body: { is_sorted: false } })).toMatchObject({
      priority: "not_urgent_not_important",
      important: false,
      urgent: false,
    });
  });

  test("a new title leaves an unsorted task unsorted", () => {
    expect(after({ op: "update", body: { title: "b" } }, { is_sorted: false })).toMatchObject({
      title: "b",
      is_sorted: false,
    });
  });

  test("to complete tells when, once; to reopen takes that away", () => {
    expect(after({ op: "complete", body: { completed: true } })?.completed_at).toBe(moment.at);
    expect(after({ op: "complete", body: { completed: true } }, done)?.completed_at).toBe(done.completed_at);
    expect(after({ op: "complete", body: { completed: false } }, done)).toMatchObject({
      is_completed: false,
      completed_at: null,
    });
  });

  test("what is deleted keeps all it had, and is back when it is restored", () => {
    const gone = apply(aTask("a"), { op: "delete", id: "a" }, moment);
    expect(gone).toEqual({ ...aTask("a"), deleted_at: moment.at });
    expect(apply(gone, { op: "restore", id: "a" }, moment)).toEqual(aTask("a"));
  });

  test("nothing but a create makes a task that is not there", () => {
    for (const op of ["update", "complete", "delete", "restore"] as const)
      expect(apply(undefined, { op, id: "a" }, moment)).toBeUndefined();
    expect(apply(undefined, { op: "create", id: "a", body: { title: "A" } }, moment)).toMatchObject({
      id: "a",
      title: "A",
      is_sorted: false,
      user_id: "u",
      version: 0,
    });
  });

  test("a create of what the server has told already leaves what the server told", () => {
    const told = aTask("a", { title: "Renamed elsewhere", version: 4 });
    expect(apply(told, { op: "create", id: "a", body: { title: "A" } }, moment)).toBe(told);
  });
});

describe("inverse", () => {
  const before = aTask("a", { title: "Old", description: "x", position: "a3", ...done });

  test.each<[Operation, Operation]>([
    [
      { op: "create", id: "a", body: { title: "A" } },
      { op: "delete", id: "a" },
    ],
    [
      { op: "restore", id: "a" },
      { op: "delete", id: "a" },
    ],
    [
      { op: "delete", id: "a" },
      { op: "restore", id: "a" },
    ],
    [
      { op: "complete", id: "a", body: { completed: false } },
      { op: "update", id: "a", body: { is_completed: true } },
    ],
    [
      { op: "update", id: "a", body: { title: "New" } },
      { op: "update", id: "a", body: { title: "Old" } },
    ],
    [
      { op: "update", id: "a", body: { is_sorted: false, position: "a0" } },
      {
        op: "update",
        id: "a",
        body: { is_sorted: true, position: "a3", priority: "urgent_important" },
      },
    ],
  ])("of %j is %j", (operation, expected) => {
    expect(inverse(before, operation)).toEqual(expected);
  });

  test("touches nothing of a task that nobody knew", () => {
    expect(inverse(undefined, { op: "update", id: "a", body: { title: "New" } })).toEqual({
      op: "update",
      id: "a",
    });
  });
});
