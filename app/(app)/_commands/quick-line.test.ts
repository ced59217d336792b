import { expect, test } from "vitest";
import { asOneTask, EMPTY, type QuickLine, readLine } from "./quick-line";

const NAMES = {
  do: "Do first",
  schedule: "Schedule",
  delegate: "Hand off",
  drop: "Drop",
  unsorted: "Unsorted",
};

/** Wednesday, 10:00 in Berlin. */
const view = {
  clock: {
    now: new Date("2026-10-14T08:00:00Z"),
    timeZone: "Europe/Berlin",
    locale: "en-GB",
    dateFormat: "locale" as const,
    weekStart: "monday" as const,
  },
  names: (place: keyof typeof NAMES) => NAMES[place],
};

const read = (text: string, rest: Partial<QuickLine> = {}) => readLine({ ...EMPTY, text, ...rest }, view);
const chips = (...given: Parameters<typeof read>) => read(...given).chips.map(({ text }) => text);

test("a plain line is a title: no date in it, and unsorted", () => {
  expect(read("Buy milk").tasks).toEqual([{ title: "Buy milk", place: "unsorted" }]);
});

test("what was understood is told with its date and with the person's own names", () => {
  expect(chips("Pay invoice tomorrow !1")).toEqual(["Tomorrow, Thu 15 Oct", "1 Do first"]);
  expect(chips("Call Anna fri 5pm !u")).toEqual(["Fri 16 Oct, 17:00", "3 Hand off"]);
  expect(chips("Standup at 9")).toEqual(["Tomorrow 09:00, Thu 15 Oct"]);
});

test("a moment that is over says so", () => {
  expect(read("today at 9 call bank").chips).toMatchObject([
    { text: "Today 09:00, Wed 14 Oct", isPast: true },
  ]);
});

test("what is picked by hand counts more than what was said, until the line says something new", () => {
  const picked = {
    place: { value: "schedule" as const, over: "!1" },
    day: { value: "2026-10-20", over: "" },
  };
  expect(read("Pay !1", picked).tasks).toEqual([
    { title: "Pay", place: "schedule", due_datetime: "2026-10-20T00:00:00.000Z", due_all_day: true },
  ]);
  expect(chips("Pay !1", picked)).toEqual(["2 Schedule", "Tue 20 Oct"]);
  expect(read("Pay tomorrow !3", picked).tasks).toMatchObject([
    { place: "delegate", due_datetime: "2026-10-15T00:00:00.000Z" },
  ]);
});

test("a day that is picked keeps the time that was said", () => {
  const { tasks } = read("Call at 17:00", { day: { value: "2026-10-26", over: "at 17:00" } });
  expect(tasks).toEqual([
    { title: "Call", place: "unsorted", due_datetime: "2026-10-26T16:00:00.000Z", due_all_day: false },
  ]);
});

test("the day of the picker is the person's, not that of UTC", () => {
  expect(read("Call at 00:30").day).toBe("2026-10-15");
});

test("several lines are several tasks, each read for itself, with marks where they stand", () => {
  const { tasks, tokens } = read("Milk !1\n\n  Bread tomorrow");
  expect(tasks).toMatchObject([
    { title: "Milk", place: "do" },
    { title: "Bread", place: "unsorted" },
  ]);
  expect(tokens.map(({ start, end }) => "Milk !1\n\n  Bread tomorrow".slice(start, end))).toEqual([
    "!1",
    "tomorrow",
  ]);
});

test("several lines as one task: the first is the title, the others are kept as they are", () => {
  const text = "\nShopping tomorrow\n\n  - milk !1\n  - bread\n";
  expect(asOneTask({ ...EMPTY, text }, read(text))).toEqual({
    title: "Shopping",
    place: "unsorted",
    due_datetime: "2026-10-15T00:00:00.000Z",
    due_all_day: true,
    description: "\n  - milk !1\n  - bread",
  });
});

test("a title has at most 255 characters, and every word of the rest is in the notes", () => {
  const words = Array.from({ length: 60 }, (_, index) => `word${index}`);
  const [task] = read(words.join(" ")).tasks;
  expect([...(task?.title ?? "")].length).toBeLessThanOrEqual(255);
  expect(`${task?.title} ${task?.description}`.split(" ")).toEqual(words);
  expect(read(words.join(" ")).isCut).toBe(true);
});

test("one word of 300 characters is cut within, and a sign of two units stays whole", () => {
  const [task] = read("𝄞".repeat(300)).tasks;
  expect([...(task?.title ?? "")]).toHaveLength(255);
  expect(`${task?.title}${task?.description}`).toBe("𝄞".repeat(300));
  expect(read("𝄞".repeat(255)).isCut).toBe(false);
});

test("a word that was rejected stays a word, and its chip is gone", () => {
  const { tasks, chips } = read("Call mum friday please", { rejected: ["friday"] });
  expect(tasks).toEqual([{ title: "Call mum friday please", place: "unsorted" }]);
  expect(chips).toEqual([]);
});

test("reading a line takes no time that a person could notice", () => {
  const text = "Call Anna about the Friday demo and the invoice from monday fri 5pm !u";
  const durations = Array.from({ length: 50 }, (_, round) => {
    const begin = performance.now();
    read(`${text} ${round}`);
    return performance.now() - begin;
  });
  // The quickest one: how busy the machine is says nothing about it.
  expect(Math.min(...durations)).toBeLessThan(2);
});
