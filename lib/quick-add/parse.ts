import type { Priority } from "@/lib/client/client";
import type { Calendar } from "./calendar";
import { isDayFirst } from "./describe-due";
import { type Candidate, dueCandidates } from "./due";
import { momentSaid, partLabel } from "./moments";
import type { Said } from "./phrases";
import { quadrantOf } from "./quadrants";
import { lineOf, textWithout, type Word } from "./words";
import { todayIn } from "./zone";

export type QuickAddContext = {
  now: Date;
  /** IANA. */
  timeZone: string;
  /** "en-GB": 15/4 is a day first in all but en-US. Of other languages only markers and ISO dates are understood. */
  locale: string;
  weekStart: "monday" | "saturday" | "sunday";
  /** Texts of tokens that the person took back: they stay words. */
  rejected?: readonly string[];
  /** Texts of suggestions that the person took. */
  accepted?: readonly string[];
};

export type QuickAddToken = {
  kind: "quadrant" | "due";
  /** UTF-16 offsets in the text as given. */
  start: number;
  end: number;
  text: string;
  label: string;
  /** A moment that was said outright and is over. */
  isPast: boolean;
};

export type QuickAdd = {
  title: string;
  /** Null: unsorted. */
  priority: Priority | null;
  /** ISO, UTC; of a whole day 00:00Z of its date. */
  dueDatetime: string | null;
  dueAllDay: boolean;
  /** What was taken, in order. */
  tokens: QuickAddToken[];
  /** What may have been meant, and was not taken. */
  suggestions: QuickAddToken[];
};

const WEEK_STARTS = { sunday: 0, monday: 1, saturday: 6 };

const NOTHING = { priority: null, dueDatetime: null, dueAllDay: false, tokens: [], suggestions: [] };

export function parseQuickAdd(text: string, context: QuickAddContext): QuickAdd {
  const { words, escapes } = lineOf(text, context.rejected ?? []);
  const quadrant = quadrantOf(words);
  const candidates = dueCandidates(words, calendarOf(context), context.accepted ?? []);
  const taken = takenOf(candidates);
  const said: Said = { ...taken[0]?.said, ...taken[1]?.said };
  const due = taken.length > 0 ? momentSaid(said, context) : null;
  const token = tokenOf(text, words);
  const tokens = taken.map((each) => token(each, "due", partLabel(each.said, said, context), due?.isPast));
  if (quadrant) tokens.push(token({ first: quadrant.at, next: quadrant.at + 1 }, "quadrant", quadrant.label));
  tokens.sort((a, b) => a.start - b.start);
  const title = textWithout(text, tokens, escapes);
  if (title === "") return { ...NOTHING, title: text.trim() };
  return {
    title,
    priority: quadrant?.priority ?? null,
    dueDatetime: due?.dueDatetime ?? null,
    dueAllDay: due?.dueAllDay ?? false,
    tokens,
    suggestions: due
      ? []
      : candidates.map((each) =>
          token(each, "due", partLabel(each.said, each.said, context), momentSaid(each.said, context).isPast),
        ),
  };
}

function calendarOf({ now, timeZone, locale, weekStart }: QuickAddContext): Calendar {
  return {
    today: todayIn(timeZone, now),
    weekStart: WEEK_STARTS[weekStart],
    isDayFirst: isDayFirst(locale),
    isEnglish: /^en(?:-|$)/i.test(locale),
  };
}

/** Of several the last counts; a day and a time that stand apart are one moment. */
function takenOf(candidates: readonly Candidate[]): Candidate[] {
  const last =
    candidates.findLast(({ acceptance }) => acceptance === "whole") ??
    candidates.findLast(({ acceptance }) => acceptance === "begun") ??
    candidates.findLast(({ isStrong }) => isStrong);
  if (!last) return [];
  const isDay = ({ said }: Candidate) => said.date !== undefined && said.time === undefined;
  const isTime = ({ said }: Candidate) => said.date === undefined && said.time !== undefined;
  const completes = (each: Candidate) =>
    (isTime(last) && isDay(each) && (each.isStrong || each.isAtEdge)) ||
    (isDay(last) && isTime(each) && each.isStrong);
  const other = candidates.findLast(completes);
  return other ? [other, last] : [last];
}

const tokenOf =
  (text: string, words: readonly Word[]) =>
  (
    { first, next }: { first: number; next: number },
    kind: QuickAddToken["kind"],
    label: string,
    isPast = false,
  ): QuickAddToken => {
    const start = words[first]?.start ?? 0;
    const end = words[next - 1]?.end ?? start;
    return { kind, start, end, text: text.slice(start, end), label, isPast };
  };
