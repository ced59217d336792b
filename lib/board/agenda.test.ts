import { describe, expect, test } from "vitest";
import type { Task } from "@/lib/client/client";
import { agendaDays, completedDays, countAfter, todayGroups, trashDaysLeft } from "./agenda";

const BLANK: Task = {
  id: "",
  user_id: "u",
  title: "",
  description: null,
  due_datetime: null,
  due_all_day: false,
  priority: "not_urgent_not_important",
  important: false,
  urgent: false,
  is_sorted: true,
  position: "a0",
  is_completed: false,
  completed_at: null,
  created_at: "2026-10-01T00:00:00.000Z",
  updated_at: "2026-10-01T00:00:00.000Z",
  deleted_at: null,
  version: 1,
};

const task = (id: string, fields: Partial<Task> = {}): Task => ({ ...BLANK, id, ...fields });
const allDay = (id: string, date: string) =>
  task(id, { due_datetime: `${date}T00:00:00.000Z`, due_all_day: true });
const timed = (id: string, due_datetime: string) => task(id, { due_datetime });
const done = (id: string, completed_at: string) => task(id, { is_completed: true, completed_at });
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);
const byDay = (days: { day: string; tasks: Task[] }[]) =>
  Object.fromEntries(days.filter(({ tasks }) => tasks.length > 0).map(({ day, tasks }) => [day, ids(tasks)]));

/** The 14th in Berlin and in Los Angeles, the 15th already on Kiritimati. */
const NOW = new Date("2026-10-14T12:00:00.000Z");
const berlin = { now: NOW, timeZone: "Europe/Berlin" };
const kiritimati = { now: NOW, timeZone: "Pacific/Kiritimati" };
const losAngeles = { now: NOW, timeZone: "America/Los_Angeles" };

describe("what today is about", () => {
  const groupsOf = (tasks: Task[], clock: typeof berlin) => {
    const { overdue, due, first } = todayGroups(tasks, clock);
    return [ids(overdue), ids(due), ids(first)];
  };

  test("a task stands once, where it presses most", () => {
    const isFirst = { priority: "urgent_important" } as const;
    const tasks = [
      task("first", isFirst),
      { ...allDay("late", "2026-10-13"), ...isFirst },
      { ...allDay("today", "2026-10-14"), ...isFirst },
    ];
    expect(groupsOf(tasks, berlin)).toEqual([["late"], ["today"], ["first"]]);
  });

  test("the date of a whole day is the same everywhere, and which day is today is the zone's", () => {
    const tasks = [allDay("14", "2026-10-14"), allDay("15", "2026-10-15")];
    expect(groupsOf(tasks, berlin)).toEqual([[], ["14"], []]);
    expect(groupsOf(tasks, losAngeles)).toEqual([[], ["14"], []]);
    expect(groupsOf(tasks, kiritimati)).toEqual([["14"], ["15"], []]);
  });

  test("a moment is overdue everywhere at once, and before it is due on the day of the zone", () => {
    const tasks = [timed("earlier", "2026-10-14T11:59:00.000Z"), timed("later", "2026-10-15T06:30:00.000Z")];
    expect(groupsOf(tasks, berlin)).toEqual([["earlier"], [], []]);
    expect(groupsOf(tasks, losAngeles)).toEqual([["earlier"], ["later"], []]);
    expect(groupsOf(tasks, kiritimati)).toEqual([["earlier"], ["later"], []]);
  });

  test("what is completed, deleted or unsorted without a date is not today's", () => {
    const tasks = [
      { ...allDay("done", "2026-10-13"), is_completed: true },
      { ...allDay("deleted", "2026-10-14"), deleted_at: "2026-10-14T00:00:00.000Z" },
      task("unsorted", { is_sorted: false }),
    ];
    expect(groupsOf(tasks, berlin)).toEqual([[], [], []]);
  });
});

describe("the agenda", () => {
  test("has a line for every day, and on a day whole days before times", () => {
    const tasks = [
      timed("17:00", "2026-10-15T15:00:00.000Z"),
      timed("09:00", "2026-10-15T07:00:00.000Z"),
      allDay("day", "2026-10-15"),
      allDay("before", "2026-10-13"),
      allDay("last", "2026-10-16"),
      allDay("beyond", "2026-10-17"),
    ];
    const days = agendaDays(tasks, berlin, 3);
    expect(days.map(({ day }) => day)).toEqual(["2026-10-14", "2026-10-15", "2026-10-16"]);
    expect(byDay(days)).toEqual({ "2026-10-15": ["day", "09:00", "17:00"], "2026-10-16": ["last"] });
    expect(agendaDays(tasks, kiritimati, 1).map(({ day }) => day)).toEqual(["2026-10-15"]);
    expect(countAfter(tasks, "2026-10-16", berlin)).toBe(1);
  });

  test("over a clock change no day is missing or doubled, and midnight is the zone's", () => {
    const clock = { now: new Date("2026-10-24T21:30:00.000Z"), timeZone: "Europe/Berlin" };
    const tasks = [
      timed("Saturday 23:59", "2026-10-24T21:59:00.000Z"),
      timed("Sunday 00:00", "2026-10-24T22:00:00.000Z"),
      timed("Sunday 23:59", "2026-10-25T22:59:00.000Z"),
      timed("Monday 00:00", "2026-10-25T23:00:00.000Z"),
    ];
    const days = agendaDays(tasks, clock, 4);
    expect(days.map(({ day }) => day)).toEqual(["2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"]);
    expect(byDay(days)).toEqual({
      "2026-10-24": ["Saturday 23:59"],
      "2026-10-25": ["Sunday 00:00", "Sunday 23:59"],
      "2026-10-26": ["Monday 00:00"],
    });
  });

  test("goes on over the end of a year", () => {
    const clock = { now: new Date("2026-12-31T12:00:00.000Z"), timeZone: "UTC" };
    expect(byDay(agendaDays([allDay("a", "2027-01-01")], clock, 14))).toEqual({ "2027-01-01": ["a"] });
  });
});

describe("what was completed", () => {
  const tasks = [
    done("evening", "2026-10-13T23:30:00.000Z"),
    done("morning", "2026-10-13T06:00:00.000Z"),
    done("now", "2026-10-14T11:00:00.000Z"),
    task("open"),
    { ...done("deleted", "2026-10-14T10:00:00.000Z"), deleted_at: "2026-10-14T10:01:00.000Z" },
  ];

  test("stands on the day of the zone, the last first", () => {
    const days = completedDays(tasks, null, berlin);
    expect(days.map(({ day }) => day)).toEqual(["2026-10-14", "2026-10-13"]);
    expect(byDay(days)).toEqual({ "2026-10-14": ["now", "evening"], "2026-10-13": ["morning"] });
    expect(byDay(completedDays(tasks, null, losAngeles))).toEqual({
      "2026-10-14": ["now"],
      "2026-10-13": ["evening"],
      "2026-10-12": ["morning"],
    });
  });

  test("is shown as far as the list is known", () => {
    expect(byDay(completedDays(tasks, "2026-10-13T12:00:00.000Z", berlin))).toEqual({
      "2026-10-14": ["now", "evening"],
    });
  });
});

test.each([
  ["2026-10-14T12:00:00.000Z", 30],
  ["2026-10-14T11:59:59.000Z", 30],
  ["2026-10-13T12:00:00.000Z", 29],
  ["2026-09-14T12:00:01.000Z", 1],
  ["2026-09-14T12:00:00.000Z", 0],
  ["2026-09-01T00:00:00.000Z", 0],
  ["2026-10-14T12:00:05.000Z", 30],
])("what was deleted at %s has %i days left", (at, days) => {
  expect(trashDaysLeft(at, NOW)).toBe(days);
});
