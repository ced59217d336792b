import {
  type Calendar,
  comingDate,
  lastOfMonth,
  monthStart,
  nextWeek,
  nextWeekend,
  onOrAfter,
  thisWeekend,
} from "./calendar";
import { AT_END, AT_ENDS, type Certainty, SURE } from "./certainty";
import { isPartOfDay, type PartOfDay } from "./clock";
import { MONTH, monthNamed, NUMBER, numberOf, rulePattern, WEEKDAY, weekdayNamed } from "./vocabulary";
import { addDays, addMonths } from "./zone";

export type Reading = { date: string | undefined; certainty: Certainty; time?: string; part?: PartOfDay };

export type Rule = [pattern: RegExp, read: (groups: readonly string[], calendar: Calendar) => Reading];

const sure = (date: string | undefined): Reading => ({ date, certainty: SURE });
const placed = (date: string | undefined): Reading => ({ date, certainty: AT_ENDS });

export function ahead(today: string, count: number, unit: string): string {
  if (unit.startsWith("d")) return addDays(today, count);
  if (unit.startsWith("w")) return addDays(today, count * 7);
  return addMonths(today, unit.startsWith("m") ? count : count * 12);
}

function starts(unit: string, calendar: Calendar): string {
  if (unit === "week") return nextWeek(calendar);
  if (unit === "weekend") return nextWeekend(calendar);
  if (unit === "month") return addMonths(monthStart(calendar.today), 1);
  return `${Number(calendar.today.slice(0, 4)) + 1}-01-01`;
}

function ends(unit: string, { today, weekStart }: Calendar): string {
  if (unit.startsWith("d")) return today;
  if (unit.startsWith("w")) return onOrAfter(today, (weekStart + 6) % 7);
  return unit.startsWith("m") ? lastOfMonth(today) : `${today.slice(0, 4)}-12-31`;
}

const endOfMonthNamed = (name: string | undefined, { today }: Calendar) => {
  const month = monthNamed(name);
  const isThis = Number(today.slice(5, 7)) === month;
  return lastOfMonth(isThis ? today : (comingDate(today, month, 1) ?? today));
};

/** "Sun cream", "sat nav" */
const isWord = (weekday: string) => weekday === "sun" || weekday === "sat";

/** Days that are told from today. */
export const relativeRules: readonly Rule[] = [
  [rulePattern("today"), (_, { today }) => placed(today)],
  [rulePattern("tonight"), (_, { today }) => ({ ...placed(today), part: "night" })],
  [rulePattern("(?:tomorrow|tmrw|tmr)"), (_, { today }) => placed(addDays(today, 1))],
  [rulePattern("(?:the )?day after tomorrow"), (_, { today }) => placed(addDays(today, 2))],
  [
    rulePattern("this (morning|afternoon|evening)"),
    ([, part = ""], { today }) => ({ ...sure(today), ...(isPartOfDay(part) && { part }) }),
  ],
  [
    rulePattern("(?:next week (?:on )?", WEEKDAY, "|", WEEKDAY, " next week)"),
    ([, before, after], calendar) => sure(onOrAfter(nextWeek(calendar), weekdayNamed(before || after))),
  ],
  [rulePattern("this ", WEEKDAY), ([, name], { today }) => sure(onOrAfter(today, weekdayNamed(name)))],
  [
    rulePattern("next ", WEEKDAY),
    ([, name], calendar) => sure(onOrAfter(nextWeek(calendar), weekdayNamed(name))),
  ],
  [rulePattern("this weekend"), (_, calendar) => sure(thisWeekend(calendar))],
  [rulePattern("next (week|weekend|month|year)"), ([, unit = ""], calendar) => sure(starts(unit, calendar))],
  [
    rulePattern("in ", NUMBER, " ?(d|days?|w|wks?|weeks?|months?|years?)(?:'? time)?"),
    ([, count, unit = ""], { today }) => sure(ahead(today, numberOf(count), unit)),
  ],
  [
    rulePattern("(?:the )?end of (?:the |this )?(day|week|month|year)"),
    ([, unit = ""], calendar) => placed(ends(unit, calendar)),
  ],
  [
    rulePattern("(?:the )?end of next (week|month|year)"),
    ([, unit = ""], calendar) => sure(ends(unit, { ...calendar, today: starts(unit, calendar) })),
  ],
  [rulePattern("(?:the )?end of ", MONTH), ([, name], calendar) => placed(endOfMonthNamed(name, calendar))],
  [rulePattern("eo([dwmy])"), ([, unit = ""], calendar) => placed(ends(unit, calendar))],
  [
    rulePattern(WEEKDAY),
    ([, name = ""], { today }) => ({
      date: onOrAfter(addDays(today, 1), weekdayNamed(name)),
      certainty: isWord(name) ? AT_END : AT_ENDS,
    }),
  ],
];
