import { absoluteRules, isoRule } from "./absolute-dates";
import type { Calendar } from "./calendar";
import { type Certainty, SURE } from "./certainty";
import type { PartOfDay } from "./clock";
import { ahead, type Rule, relativeRules } from "./relative-dates";
import { rulePattern } from "./vocabulary";

export type DateMatch = {
  text: string;
  /** Undefined when the calendar has no such day. */
  date: string | undefined;
  time: string | undefined;
  part: PartOfDay | undefined;
  certainty: Certainty;
};

const SHORTHAND: Rule = [
  rulePattern("\\+([1-9]\\d{0,2})([dwm])"),
  ([, count, unit = ""], { today }) => ({ date: ahead(today, Number(count), unit), certainty: SURE }),
];

const anyLanguage = [isoRule, SHORTHAND];
// A weekday alone is looked for last: it may begin "fri 16 oct".
const english = [...anyLanguage, ...absoluteRules, ...relativeRules];

/** The first rule whose words begin the phrase decides. */
export function dateAt(phrase: string, calendar: Calendar): DateMatch | null {
  for (const [pattern, read] of calendar.isEnglish ? english : anyLanguage) {
    const groups = pattern.exec(phrase);
    if (!groups) continue;
    const { date, certainty, time, part } = read(groups, calendar);
    return { text: groups[0], date, time, part, certainty };
  }
  return null;
}
