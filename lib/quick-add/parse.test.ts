import { describe, expect, test } from "vitest";
import { parseQuickAdd, type QuickAddContext } from "./parse";

/** Wed 14 Oct 2026, 10:00. */
const context: QuickAddContext = {
  now: new Date("2026-10-14T08:00:00Z"),
  timeZone: "Europe/Berlin",
  locale: "en-GB",
  weekStart: "monday",
};

const parse = (text: string, more: Partial<QuickAddContext> = {}) =>
  parseQuickAdd(text, { ...context, ...more });

const NUMBERS = {
  urgent_important: 1,
  not_urgent_important: 2,
  urgent_not_important: 3,
  not_urgent_not_important: 4,
};

/** Title, quadrant (0 is unsorted) and due: what the table of the specification says. */
function told(text: string, more: Partial<QuickAddContext> = {}) {
  const { title, priority, dueDatetime, dueAllDay } = parse(text, more);
  return [title, priority ? NUMBERS[priority] : 0, dueAllDay ? dueDatetime?.slice(0, 10) : dueDatetime];
}

const labels = (text: string, more: Partial<QuickAddContext> = {}) =>
  parse(text, more).tokens.map(({ label }) => label);

describe("the examples of the specification", () => {
  const rows: [name: string, text: string, title: string, quadrant: number, due: string | null][] = [
    ["1", "Buy milk", "Buy milk", 0, null],
    ["2, #work stays", "Pay invoice tomorrow !1 #work", "Pay invoice #work", 1, "2026-10-15"],
    ["3, @deep stays", "Plan Q1 roadmap next week !2 @deep", "Plan Q1 roadmap @deep", 2, "2026-10-19"],
    ["4, @phone stays", "Call Anna fri 5pm !u @phone", "Call Anna @phone", 3, "2026-10-16T15:00:00.000Z"],
    ["5", "Renew passport in 2 weeks !i", "Renew passport", 2, "2026-10-28"],
    [
      "9 but for the quadrant stays",
      "Rent every month on the 1st !1 #home",
      "Rent every month on the 1st #home",
      1,
      null,
    ],
    ["15", "Draft speech by end of month !2", "Draft speech", 2, "2026-10-31"],
    ["16, in winter time", "Dentist 3 nov 14:30", "Dentist", 0, "2026-11-03T13:30:00.000Z"],
    ["17", "Tax return 15/4 !2", "Tax return", 2, "2027-04-15"],
    [
      "18, # and @ stay",
      'Release 2026-12-01 #"Client A" @launch',
      'Release #"Client A" @launch',
      0,
      "2026-12-01",
    ],
    ["19, +ben stays", "Book venue +ben tomorrow !3", "Book venue +ben", 3, "2026-10-15"],
    ["20, ~45m stays", "Gym tomorrow morning ~45m", "Gym ~45m", 0, "2026-10-15T07:00:00.000Z"],
    ["21", "Buy 2 tickets +3d", "Buy 2 tickets", 0, "2026-10-17"],
    ["22", "Standup at 9", "Standup", 0, "2026-10-15T07:00:00.000Z"],
    ["23", "today at 9 call bank", "call bank", 0, "2026-10-14T07:00:00.000Z"],
    ["24", "\\#hashtag strategy !2", "#hashtag strategy", 2, null],
    ["25", 'Read "Next Friday" novel', 'Read "Next Friday" novel', 0, null],
    ["31", "Review p1 incident !1", "Review p1 incident", 1, null],
    ["32", "!1", "!1", 0, null],
  ];
  for (const [name, text, ...expected] of rows)
    test(`row ${name}: ${text}`, () => expect(told(text)).toEqual(expected));

  const whole = [
    ["6, a repetition stays whole", "Standup every weekday 9:30 #team"],
    ["7, a repetition stays whole", "Water plants every 3 days"],
    ["8, a repetition stays whole", "Change filter every! 3 months"],
    ["10, a repetition stays whole", "Payroll every last workday"],
    ["11, a repetition stays whole", "Retro every other fri 15:00 until 18 dec"],
    ["12, a repetition stays whole", "Board pack every 3rd thu"],
    ["13, a repetition stays whole", "Mum's birthday every 4 jul"],
    ["14, a repetition stays whole", "Physio every mon, thu 18:00 x10"],
    ["26", "Move old monitor to attic"],
    ["27", "Email Mark and Jane about Decide app"],
    ["30", "24/7 support rota https://x.io/2026-11-02"],
  ];
  for (const [name, text = ""] of whole)
    test(`row ${name}: ${text}`, () =>
      expect(parse(text)).toMatchObject({
        title: text,
        priority: null,
        dueDatetime: null,
        tokens: [],
        suggestions: [],
      }));

  test("row 28: a weekday in mid-sentence is offered, and taken when the person says so", () => {
    const text = "Prepare Friday demo";
    const { title, tokens, suggestions } = parse(text);
    expect({ title, tokens }).toEqual({ title: text, tokens: [] });
    expect(suggestions).toEqual([
      { kind: "due", start: 8, end: 14, text: "Friday", label: "Fri 16 Oct", isPast: false },
    ]);
    const taken = parse(text, { accepted: ["Friday"] });
    expect(taken).toMatchObject({
      title: "Prepare demo",
      dueDatetime: "2026-10-16T00:00:00.000Z",
      suggestions: [],
    });
    expect(taken.tokens).toEqual(suggestions);
  });

  test("row 29: what comes after “up to” is offered with it, even at the end", () => {
    const { title, tokens, suggestions } = parse("Delete mails up to january 30th");
    expect({ title, tokens }).toEqual({ title: "Delete mails up to january 30th", tokens: [] });
    expect(suggestions).toMatchObject([{ text: "up to january 30th", label: "Sat 30 Jan 2027" }]);
  });
});

describe("tokens", () => {
  test("carry the absolute value as their label", () => {
    expect(labels("Call Anna fri 5pm !u")).toEqual(["Fri 16 Oct, 17:00", "Delegate"]);
    expect(labels("Standup at 9")).toEqual(["Tomorrow 09:00"]);
    expect(labels("Pay tomorrow")).toEqual(["Tomorrow"]);
    expect(labels("Pay today at 18:30")).toEqual(["Today 18:30"]);
    expect(labels("Pay 3 jan")).toEqual(["Sun 3 Jan 2027"]);
    expect(labels("Call Anna fri 5pm", { locale: "en-US" })).toEqual(["Fri, Oct 16, 5:00 PM"]);
    expect(["0", "1", "2", "3", "4"].flatMap((digit) => labels(`a !${digit}`))).toEqual([
      "Unsorted",
      "Do",
      "Schedule",
      "Delegate",
      "Drop",
    ]);
  });

  test("are the text as given, in its order, with the full stop that closes them", () => {
    const text = "  !1  Buy 🎈  tomorrow. ";
    const { title, tokens } = parse(text);
    expect(title).toBe("Buy 🎈");
    expect(tokens.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ["quadrant", "!1"],
      ["due", "tomorrow."],
    ]);
  });

  test("say that a moment is over when it was said outright, and only then", () => {
    const isPast = (text: string) => parse(text).tokens.map((token) => token.isPast);
    expect(isPast("today at 9 call bank")).toEqual([true]);
    expect(isPast("Call bank this morning")).toEqual([true]);
    expect(isPast("Scan the receipts 2026-10-13")).toEqual([true]);
    expect(isPast("Call bank today")).toEqual([false]);
    expect(isPast("Call bank at 9")).toEqual([false]);
    expect(isPast("Call bank today at 11")).toEqual([false]);
  });

  test("a day and a time that stand apart are two, and one moment", () => {
    expect(told("Friday lunch with Bob at 13:00")).toEqual(["lunch with Bob", 0, "2026-10-16T11:00:00.000Z"]);
    expect(labels("Friday lunch with Bob at 13:00")).toEqual(["Fri 16 Oct", "13:00"]);
    expect(parse("Today run at 9").tokens.map(({ isPast }) => isPast)).toEqual([true, true]);
  });
});

describe("of several", () => {
  test("quadrants the last counts, and the earlier ones stay text", () => {
    expect(told("Fix it !1 soon !2")).toEqual(["Fix it !1 soon", 2, null]);
    expect(told("!2 !3")).toEqual(["!2", 3, null]);
  });

  test("dates the last that is certain counts, and the others stay text", () => {
    expect(told("Tomorrow send the slides by friday")).toEqual(["Tomorrow send the slides", 0, "2026-10-16"]);
    expect(parse("Prepare monday demo by friday").suggestions).toEqual([]);
  });

  test("dates the one that the person took counts", () => {
    expect(told("Tomorrow move monday demo by friday", { accepted: ["monday"] })).toEqual([
      "Tomorrow move demo by friday",
      0,
      "2026-10-19",
    ]);
  });
});

test("what the person took stays taken when it is typed on", () => {
  const text = "Prepare friday 5pm demo";
  expect(told(text, { accepted: ["friday"] })).toEqual(["Prepare demo", 0, "2026-10-16T15:00:00.000Z"]);
});

describe("what the person took back", () => {
  test("E09 stays words, and typing on does not take it again", () => {
    const rejected = ["friday"];
    expect(told("Call mum friday", { rejected })).toEqual(["Call mum friday", 0, null]);
    expect(told("Call mum friday about", { rejected })).toEqual(["Call mum friday about", 0, null]);
    expect(told("Call mum friday morning", { rejected })).toEqual(["Call mum friday morning", 0, null]);
    expect(told("Call mum friday tomorrow", { rejected })).toEqual(["Call mum friday", 0, "2026-10-15"]);
    expect(parse("Call mum friday about", { rejected }).suggestions).toEqual([]);
  });

  test("gives the word to an earlier quadrant", () => {
    expect(told("Fix it !1 !2", { rejected: ["!2"] })).toEqual(["Fix it !2", 1, null]);
  });

  test("is a matter of exact words: Friday is not friday, and nothing is half a word", () => {
    expect(told("Call mum Friday", { rejected: ["friday", "Fri", ""] })).toEqual([
      "Call mum",
      0,
      "2026-10-16",
    ]);
  });
});

describe("languages", () => {
  test("15/4 is no date in en-US, where 4/15 is one", () => {
    expect(told("Tax return 15/4", { locale: "en-US" })).toEqual(["Tax return 15/4", 0, null]);
    expect(told("Tax return 4/15", { locale: "en-US" })).toEqual(["Tax return", 0, "2027-04-15"]);
    expect(told("Tax return 4/15")).toEqual(["Tax return 4/15", 0, null]);
  });

  test("other languages have markers and ISO dates, and no English", () => {
    const locale = "de-DE";
    for (const text of [
      "Call mum tomorrow",
      "Standup at 9",
      "Zahnarzt 14:30",
      "Steuer 15/4",
      "Brief an Anna",
    ])
      expect(parse(text, { locale })).toMatchObject({ title: text, dueDatetime: null, suggestions: [] });
    expect(told("Zahnarzt 2026-11-03 14:30 !1", { locale })).toEqual([
      "Zahnarzt",
      1,
      "2026-11-03T13:30:00.000Z",
    ]);
    expect(told("Resa till by 2026-11-03", { locale: "sv" })).toEqual(["Resa till by", 0, "2026-11-03"]);
    expect(told("Zahnarzt +2w !do", { locale })).toEqual(["Zahnarzt", 1, "2026-10-28"]);
  });
});

describe("weeks", () => {
  const due = (text: string, weekStart: QuickAddContext["weekStart"]) =>
    told(`Pay ${text}`, { weekStart })[2];

  test("begin on the day that the person says", () => {
    const week = (weekStart: QuickAddContext["weekStart"]) =>
      ["next week", "by end of week", "next sunday", "next friday"].map((text) => due(text, weekStart));
    expect(week("monday")).toEqual(["2026-10-19", "2026-10-18", "2026-10-25", "2026-10-23"]);
    expect(week("sunday")).toEqual(["2026-10-18", "2026-10-17", "2026-10-18", "2026-10-23"]);
    expect(week("saturday")).toEqual(["2026-10-17", "2026-10-16", "2026-10-18", "2026-10-23"]);
  });

  test("a weekday is the next one; the same as today's is in a week, and “this” one is today", () => {
    expect(due("wednesday", "monday")).toBe("2026-10-21");
    expect(due("this wednesday", "monday")).toBe("2026-10-14");
    expect(due("thursday", "monday")).toBe("2026-10-15");
  });
});

describe("the clock", () => {
  const due = (text: string, now: string) => told(text, { now: new Date(now) })[2];

  test("a time that comes twice when clocks go back is the first, and one that is skipped is an hour later", () => {
    expect(due("Reset 25 oct 2:30", "2026-10-14T08:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(due("Reset 2027-03-28 2:30", "2026-10-14T08:00:00Z")).toBe("2027-03-28T01:30:00.000Z");
  });

  test("days are days across a clock change, and hours are hours", () => {
    expect(due("Reset +1d 9:00", "2026-10-24T10:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
    expect(due("Reset in 24 hours", "2026-10-24T10:00:30Z")).toBe("2026-10-25T10:00:00.000Z");
  });

  test("today is the account's, not UTC's", () => {
    expect(due("Pay today", "2026-10-14T22:30:00Z")).toBe("2026-10-15");
    expect(
      told("Pay today", { now: new Date("2026-10-15T03:00:00Z"), timeZone: "America/New_York" })[2],
    ).toBe("2026-10-14");
  });

  test("what is now is over: the time is tomorrow's", () => {
    expect(due("Standup at 10", "2026-10-14T08:00:00.000Z")).toBe("2026-10-15T08:00:00.000Z");
    expect(due("Standup at 10", "2026-10-14T07:59:59.999Z")).toBe("2026-10-14T08:00:00.000Z");
  });

  test("the last of a month stays in it", () => {
    expect(due("Pay in a month", "2027-01-31T08:00:00Z")).toBe("2027-02-28");
    expect(due("Pay by the 31st", "2027-02-10T08:00:00Z")).toBe("2027-03-31");
  });
});
