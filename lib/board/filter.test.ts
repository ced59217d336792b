import { describe, expect, test } from "vitest";
import { aTask } from "@/e2e/support/board-samples";
import type { Task } from "@/lib/client/client";
import { isOverdue, matcher } from "./filter";

/** Wednesday, 10:00 in Berlin. */
const clock = { now: new Date("2026-10-14T08:00:00.000Z"), timeZone: "Europe/Berlin" };

const at = (moment: string) => ({ due_datetime: moment, due_all_day: false });
const on = (day: string) => ({ due_datetime: `${day}T00:00:00.000Z`, due_all_day: true });

const tasks = {
  plain: aTask("plain", { title: "Café bill", created_at: "2026-09-01T00:00:00.000Z" }),
  notes: aTask("notes", { title: "Call", description: "About the cafe\nand the door" }),
  unsorted: aTask("unsorted", { is_sorted: false, priority: "not_urgent_not_important" }),
  scheduled: aTask("scheduled", { priority: "not_urgent_important", ...on("2026-10-20") }),
  today: aTask("today", { priority: "not_urgent_important", ...on("2026-10-14") }),
  // Already tomorrow in Berlin, and still today in London.
  night: aTask("night", { priority: "urgent_not_important", ...at("2026-10-14T22:30:00.000Z") }),
  late: aTask("late", { priority: "not_urgent_not_important", ...at("2026-10-14T07:59:00.000Z") }),
} satisfies Record<string, Task>;

const found = (query: string) => {
  const matches = matcher(query, clock);
  return Object.entries(tasks).flatMap(([name, task]) => (matches(task) ? name : []));
};

describe("a filter", () => {
  test.each([
    ["", Object.keys(tasks)],
    ["   ", Object.keys(tasks)],
    ["CAFE", ["plain", "notes"]],
    ["café door", ["notes"]],
    ["cafe -door", ["plain"]],
    ["-", []],
    ["!0", ["unsorted"]],
    ["!1", ["plain", "notes"]],
    ["!2", ["scheduled", "today"]],
    ["!3 !4", ["night", "late"]],
    ["is:overdue", ["late"]],
    ["is:dated", ["scheduled", "today", "night", "late"]],
    ["is:undated !1", ["plain", "notes"]],
    ["is:overdue is:undated", ["plain", "notes", "unsorted", "late"]],
    ["due:today", ["today", "late"]],
    ["due:<1d", ["today", "late"]],
    ["due:<2d", ["today", "night", "late"]],
    ["due:>5d", ["scheduled"]],
    ["due:>6d", []],
    ["created:>30d", ["plain"]],
    ["created:<30d !1", ["notes"]],
    ["is:nonsense", []],
  ])("“%s” lets through %j", (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  test("what is not there does not match", () => {
    expect(matcher("", clock)(undefined)).toBe(false);
  });
});

describe("overdue", () => {
  test.each<[string, boolean, Partial<Task>]>([
    ["a moment ago", true, at("2026-10-14T07:59:59.999Z")],
    ["this very moment", false, at("2026-10-14T08:00:00.000Z")],
    ["yesterday, all day", true, on("2026-10-13")],
    ["today, all day", false, on("2026-10-14")],
    ["long ago, and done", false, { ...at("2026-01-01T00:00:00.000Z"), is_completed: true }],
    ["never", false, {}],
  ])("%s: %s", (_, expected, fields) => {
    expect(isOverdue(aTask("a", fields), clock)).toBe(expected);
  });
});
