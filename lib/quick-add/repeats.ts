import { isMarker } from "./quadrants";
import { MONTH, rulePattern, WEEKDAY } from "./vocabulary";
import type { Word } from "./words";

const EVERY = /^(?:every|each)$/;
const UNIT =
  "(?:minute|hour|day|night|morning|afternoon|evening|week|weekday|weekend|workday|month|quarter|year)s?";
const RULE = rulePattern(
  `(?:\\d+(?:st|nd|rd|th)?|other|second|third|fourth|first|last|the|on|${UNIT}|${WEEKDAY}s?|${MONTH})`,
);
const ADVERB = rulePattern(
  `(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually|hourly|nightly|weekdays|weekends|${WEEKDAY}s)`,
);

/** Whether a phrase belongs to a repetition, which a task does not have: half of one would be wrong. */
export function repeatsOf(words: readonly Word[]): (phrase: { first: number; next: number }) => boolean {
  const core = (at: number) => words[at]?.core ?? "";
  const found = words.findIndex((_, at) => EVERY.test(core(at)) && RULE.test(core(at + 1)));
  const end =
    found === -1 ? words.length + 1 : words.findLastIndex((word, at) => at < found && !isMarker(word)) + 1;
  return ({ first, next }) => next >= end || ADVERB.test(core(first - 1)) || ADVERB.test(core(next));
}
