import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseQuickAdd, type QuickAdd, type QuickAddContext } from "./parse";

const context: QuickAddContext = {
  now: new Date("2026-10-14T08:00:00Z"),
  timeZone: "Europe/Berlin",
  locale: "en-GB",
  weekStart: "monday",
};

const lines = readFileSync("lib/quick-add/corpus.txt", "utf8")
  .split("\n")
  .filter((line) => /^[-+?] /.test(line));

const berlin = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Berlin",
  dateStyle: "short",
  timeStyle: "short",
});

const whenOf = ({ dueDatetime, dueAllDay }: QuickAdd) =>
  dueAllDay ? dueDatetime?.slice(0, 10) : dueDatetime && berlin.format(new Date(dueDatetime));

const pairs = (cells: string[]) =>
  Array.from({ length: cells.length / 2 }, (_, index) => cells.slice(index * 2, index * 2 + 2));

const of = (sign: string) =>
  lines
    .filter((line) => line.startsWith(sign))
    .map((line) => {
      const [text = "", ...cells] = line.slice(2).split(" | ");
      return { text, cells };
    });

test("the corpus has more than 200 lines, a quarter of them with nothing to recognise", () => {
  expect(lines.length).toBeGreaterThan(200);
  expect(of("-").length).toBeGreaterThan(lines.length / 4);
});

describe("nothing is recognised in", () => {
  for (const { text, cells } of of("-"))
    test(text, () => {
      const parsed = parseQuickAdd(text, context);
      expect(parsed).toMatchObject({
        title: cells[0] ?? text,
        dueDatetime: null,
        tokens: [],
        suggestions: [],
      });
    });
});

describe("a due date is taken from", () => {
  for (const { text, cells } of of("+"))
    test(text, () => {
      const parsed = parseQuickAdd(text, context);
      expect([parsed.title, whenOf(parsed)]).toEqual(cells);
      expect(parsed.suggestions).toEqual([]);
    });
});

describe("a due date is only offered in", () => {
  for (const { text, cells } of of("?"))
    test(text, () => {
      const parsed = parseQuickAdd(text, context);
      expect(parsed).toMatchObject({ title: text, dueDatetime: null, dueAllDay: false, tokens: [] });
      const offered = parsed.suggestions.map((each) => [
        each.text,
        whenOf(parseQuickAdd(text, { ...context, accepted: [each.text] })),
      ]);
      expect(offered).toEqual(pairs(cells));
    });
});
