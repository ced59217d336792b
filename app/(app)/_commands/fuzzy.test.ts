import { expect, test } from "vitest";
import { find, findable } from "./fuzzy";

const titles = (query: string, texts: readonly string[]) =>
  find(
    query,
    texts.map((text) => findable(text, text)),
  ).map(({ item }) => item);

test("the beginning of a word comes before its inside, and that before single letters", () => {
  expect(titles("sched", ["A reschedule", "Some cheese danish", "Move to Schedule", "sxcxhxexd"])).toEqual([
    "Move to Schedule",
    "A reschedule",
    "sxcxhxexd",
  ]);
});

test("a whole word comes before the beginning of a longer one", () => {
  expect(titles("pay", ["Payroll", "Pay rent"])).toEqual(["Pay rent", "Payroll"]);
});

test("every word that is asked for has to be there, in any order", () => {
  expect(titles("rent pay", ["Pay rent", "Pay taxes", "Rent a car"])).toEqual(["Pay rent"]);
});

test("other words for it find it too, after those that say it themselves", () => {
  const all = [findable("due", "Due date…", "snooze schedule"), findable("move", "Move to Schedule")];
  expect(find("schedule", all).map(({ item }) => item)).toEqual(["move", "due"]);
  expect(find("snooze", all).map(({ item }) => item)).toEqual(["due"]);
});

test("case and accents make no difference, and neither do signs around a word", () => {
  expect(titles("CAFE", ["Book “Café”"])).toEqual(["Book “Café”"]);
});

test("letters of a word in order find it, when the first one is right", () => {
  expect(titles("cmpl", ["Complete or reopen", "A maple"])).toEqual(["Complete or reopen"]);
  expect(titles("mpl", ["Complete or reopen"])).toEqual(["Complete or reopen"]);
  expect(titles("oplt", ["Complete"])).toEqual([]);
});

test("the first letters of words find them", () => {
  expect(titles("mts", ["Most", "Move to Schedule"])).toEqual(["Move to Schedule"]);
});

test("nothing asked finds nothing, and equals keep their order", () => {
  expect(titles("  ", ["A"])).toEqual([]);
  expect(titles("task", ["Task b", "Task a"])).toEqual(["Task b", "Task a"]);
});

test("a thousand tasks are searched within a frame", () => {
  const all = Array.from({ length: 1_000 }, (_, index) =>
    findable(index, `Write the quarterly report number ${index} for the committee of review`),
  );
  const durations = Array.from({ length: 20 }, () => {
    const begin = performance.now();
    find("quart rep 99", all);
    return performance.now() - begin;
  });
  // The quickest one: how busy the machine is says nothing about it.
  expect(Math.min(...durations)).toBeLessThan(16);
});
