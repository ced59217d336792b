import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuickAdd, type QuickAddContext } from "./parse";

const WORDS = (
  "call mum the report of to and by on at due in next this every each last up until monday fri sat sun may march 3 15 1st 30th " +
  "nov november 2026 2026-11-03 15/4 9/11 24/7 5pm 9:30 14:30 noon morning tonight tomorrow today day days week weeks end month +3d " +
  '+2w #work @home ~45m !1 !2 !do !ui !0 \\!1 \\friday "next friday" "friday - – , . : ; ! ? tomorrow, friday. 5pm! 🎈 İ é'
).split(" ");

const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(" ")),
  },
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.constantFrom(...WORDS, " ", "\t", "\u00a0", "\n"), { maxLength: 20 })
    .map((parts) => parts.join("")),
);

const context: fc.Arbitrary<QuickAddContext> = fc.record({
  now: fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
  timeZone: fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
  ),
  locale: fc.constantFrom("en-GB", "en-US", "en", "de-DE"),
  weekStart: fc.constantFrom("monday", "saturday", "sunday"),
});

const check = (property: (text: string, context: QuickAddContext) => void, runs = 1_500) =>
  fc.assert(fc.property(line, context, property), { numRuns: runs });

const words = (text: string) => text.split(/\s+/).filter(Boolean);

const withoutStop = (text: string) => text.replace(/[.,;:!]+$/, "");

describe("whatever is typed", () => {
  test("spans are exact, in order and apart", () => {
    check((text, given) => {
      const { tokens, suggestions } = parseQuickAdd(text, given);
      for (const list of [tokens, suggestions])
        for (const [index, { start, end, text: own, label }] of list.entries()) {
          expect(text.slice(start, end)).toBe(own);
          expect(own.trim()).toBe(own);
          expect(own).not.toBe("");
          expect(label).not.toBe("");
          expect(start).toBeGreaterThanOrEqual(list[index - 1]?.end ?? 0);
        }
    });
  });

  test("a title is never empty and has no spaces around it", () => {
    check((text, given) => {
      const { title } = parseQuickAdd(text, given);
      expect(title).toBe(title.trim());
      expect(title === "").toBe(text.trim() === "");
      expect(title.length).toBeLessThanOrEqual(text.trim().length);
    });
  });

  test("what was taken follows from the tokens", () => {
    check((text, given) => {
      const { priority, dueDatetime, dueAllDay, tokens, suggestions } = parseQuickAdd(text, given);
      expect(dueDatetime !== null).toBe(tokens.some(({ kind }) => kind === "due"));
      if (priority) expect(tokens.filter(({ kind }) => kind === "quadrant")).toHaveLength(1);
      if (dueDatetime) expect(new Date(dueDatetime).toISOString()).toBe(dueDatetime);
      if (dueAllDay) expect(dueDatetime).toMatch(/T00:00:00\.000Z$/);
      if (tokens.some(({ kind }) => kind === "due")) expect(suggestions).toEqual([]);
    });
  });

  test("words that were taken back are in the title again, and are not taken once more", () => {
    check((text, given) => {
      const { tokens } = parseQuickAdd(text, given);
      const rejected = tokens.map((token) => token.text);
      const again = parseQuickAdd(text, { ...given, rejected });
      for (const { start, end, text: own } of tokens) {
        for (const word of words(own).slice(0, -1)) expect(again.title).toContain(word);
        for (const other of [...again.tokens, ...again.suggestions])
          expect(other.end <= start || other.start >= end, `${own} and ${other.text}`).toBe(true);
      }
    });
  });

  test("a suggestion that was accepted is taken, where it stands", () => {
    check((text, given) => {
      for (const { text: own, start, end } of parseQuickAdd(text, given).suggestions) {
        const { tokens, title } = parseQuickAdd(text, { ...given, accepted: [own] });
        const isAll = title === text.trim();
        const taken = tokens.filter(({ kind }) => kind === "due");
        const isThere = taken.some((token) => withoutStop(token.text) === withoutStop(own));
        expect(isAll || isThere, `${own} at ${start}-${end}`).toBe(true);
      }
    });
  });

  test("an all-day date is the same day in every zone where it is the same today", () => {
    const zones = ["UTC", "Europe/Berlin", "Africa/Lagos", "Europe/London"];
    check((text, given) => {
      const now = new Date(`${given.now.toISOString().slice(0, 10)}T12:00:00Z`);
      const parsed = zones.map((timeZone) => parseQuickAdd(text, { ...given, now, timeZone }));
      for (const each of parsed) if (each.dueAllDay) expect(each.dueDatetime).toBe(parsed[0]?.dueDatetime);
    }, 500);
  });
});

test("200 characters are parsed in 2 ms, a pasted page in a moment", () => {
  const given: QuickAddContext = {
    now: new Date("2026-10-14T08:00:00Z"),
    timeZone: "Europe/Berlin",
    locale: "en-GB",
    weekStart: "monday",
  };
  const text =
    'Send the "Next Friday" slides to Anna on monday 19 oct at 5pm or in 2 weeks by end of month 3 nov 14:30 +3d '
      .repeat(2)
      .slice(0, 200);
  for (let warm = 0; warm < 50; warm += 1) parseQuickAdd(text, given);
  const times = Array.from({ length: 50 }, () => {
    const start = performance.now();
    parseQuickAdd(text, given);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  expect(times[0]).toBeLessThan(2);

  const start = performance.now();
  for (const unit of ["tomorrow #a ", '"a ', "!1 ", ",,,,", "----", "\\a ", "to ", "5pm "])
    parseQuickAdd(unit.repeat(2_000), given);
  expect(performance.now() - start).toBeLessThan(3_000);
});
