import { comingDate, comingDay, dateOf } from "./calendar";
import { AT_END, AT_ENDS, type Certainty, CUED, NEVER } from "./certainty";
import type { Reading, Rule } from "./relative-dates";
import { MONTH, monthNamed, rulePattern, WEEKDAY, weekdayNamed } from "./vocabulary";
import { weekdayOf } from "./zone";

const WEEKDAY_BEFORE = `(?:${WEEKDAY} (?:the )?)?`;
const DAY = "(\\d{1,2})(st|nd|rd|th)?";
/** Another century's is no date to be done by, and neither is what stands before it. */
const YEAR = "(?: (20\\d\\d))?(?! [12]\\d{3}(?: |$))";

/** Fractions, and a day that is remembered. */
const FIGURE = /^(?:1\/[2345]|2\/[35]|3\/[45]|9\/11)$/;
const ALWAYS = "24/7";

type Parts = {
  weekday: string | undefined;
  year: string | undefined;
  month: number;
  day: number;
  certainty: Certainty;
};

/** A weekday that the date does not have makes both doubtful. */
function reading({ weekday, year, month, day, certainty }: Parts, today: string): Reading {
  const century = year?.length === 2 ? `20${year}` : year;
  const date = century ? dateOf(Number(century), month, day) : comingDate(today, month, day);
  const isContradictory = weekday && date && weekdayOf(date) !== weekdayNamed(weekday);
  return { date, certainty: isContradictory ? NEVER : certainty };
}

function numeric(
  [text = "", weekday, first, second, year]: readonly string[],
  isDayFirst: boolean,
  today: string,
): Reading {
  if (text === ALWAYS) return { date: undefined, certainty: NEVER };
  const [day, month] = isDayFirst ? [first, second] : [second, first];
  const certainty = year ? AT_ENDS : FIGURE.test(text) ? CUED : AT_END;
  return reading({ weekday, year, month: Number(month), day: Number(day), certainty }, today);
}

const UNMISTAKABLE = /^(?:january|february|july|september|october|november|december)$/;

export const isoRule: Rule = [
  rulePattern("(20\\d\\d)-(\\d\\d)-(\\d\\d)(?:t([01]\\d|2[0-3]):([0-5]\\d))?"),
  ([, year, month, day, hour, minute]) => ({
    date: dateOf(Number(year), Number(month), Number(day)),
    certainty: AT_ENDS,
    ...(hour && { time: `${hour}:${minute}` }),
  }),
];

/** Days of the calendar. */
export const absoluteRules: readonly Rule[] = [
  [
    rulePattern(WEEKDAY_BEFORE, "(?:the )?", DAY, "(?: of)? ", MONTH, YEAR),
    ([, weekday, day, , month, year], { today }) =>
      reading({ weekday, year, month: monthNamed(month), day: Number(day), certainty: AT_ENDS }, today),
  ],
  [
    rulePattern(WEEKDAY_BEFORE, MONTH, " ", DAY, YEAR),
    ([, weekday, month = "", day, ordinal, year], { today }) => {
      const isVerb = /^(?:may|march)$/.test(month) && !ordinal && !year;
      const certainty = isVerb ? AT_END : AT_ENDS;
      return reading({ weekday, year, month: monthNamed(month), day: Number(day), certainty }, today);
    },
  ],
  [
    rulePattern(WEEKDAY_BEFORE, "(\\d{1,2})/(\\d{1,2})(?:/(20\\d\\d|\\d\\d))?"),
    (groups, { isDayFirst, today }) => numeric(groups, isDayFirst, today),
  ],
  [
    rulePattern(WEEKDAY_BEFORE, "(\\d{1,2})\\.(\\d{1,2})\\.(20\\d\\d)"),
    (groups, { today }) => numeric(groups, true, today),
  ],
  [
    rulePattern("the (\\d{1,2})(?:st|nd|rd|th)"),
    ([, day], { today }) => ({ date: comingDay(today, Number(day)), certainty: CUED }),
  ],
  [
    rulePattern("(in )?", MONTH, YEAR),
    ([, cue, month = "", year], { today }) => {
      const isOffered = month !== "may" && (cue || UNMISTAKABLE.test(month));
      const parts: Parts = { weekday: undefined, year, month: monthNamed(month), day: 1, certainty: NEVER };
      return isOffered ? reading(parts, today) : { date: undefined, certainty: NEVER };
    },
  ],
];
