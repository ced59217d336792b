import type { Calendar } from "./calendar";
import { AT_END, AT_ENDS, NEVER, SURE } from "./certainty";
import { type Phrase, phraseAt } from "./phrases";
import { isMarker } from "./quadrants";
import { repeatsOf } from "./repeats";
import { plainWords, type Word } from "./words";

/** What was taken by the person may since have been typed on: "friday" to "friday 5pm". */
export type Acceptance = "whole" | "begun" | null;

export type Candidate = Phrase & {
  acceptance: Acceptance;
  /** Taken without being asked about. */
  isStrong: boolean;
  /** At the start or the end of the line: the day of a time that is taken, if not more. */
  isAtEdge: boolean;
};

const RANGE = /^(?:-|–|—|to|until|till|til|through|thru)$/;
const LIST = /^(?:and|or|&)$/;
const PAST = /^(?:last|past|previous)$/;
/** What comes after one of them is told about rather than planned. */
const TELLING =
  /^(?:to|until|till|til|since|before|after|from|of|about|for|than|between|during|through|regarding|re|not|except|the|an?|my|our|your)$/;

const coreOf = (words: readonly Word[], at: number) => words[at]?.core ?? "";

/** Everything that may be meant as a due date, in order. */
export function dueCandidates(
  words: readonly Word[],
  calendar: Calendar,
  accepted: readonly string[],
): Candidate[] {
  const taken = accepted.map((text) => plainWords(text).join(" "));
  const phrases = phrasesIn(words, calendar);
  return phrases
    .filter((_, index) => !isOfRange(phrases, index, words))
    .map((phrase, index, rest): Candidate => {
      const whole = calendar.isEnglish ? withTellingWords(phrase, words) : phrase;
      const acceptance = acceptanceOf(plainText(words, whole), taken);
      const isTold = whole.first < phrase.first || isListed(rest, index, words);
      return { ...whole, acceptance, ...(isTold ? NOWHERE : placeOf(phrase, words)) };
    })
    .filter(
      (each) =>
        each.acceptance || each.isStrong || each.isAtEdge || !/^(?:sun|sat)$/i.test(plainText(words, each)),
    );
}

function acceptanceOf(text: string, taken: readonly string[]): Acceptance {
  if (taken.includes(text)) return "whole";
  return taken.some((each) => text.startsWith(`${each} `)) ? "begun" : null;
}

const plainText = (words: readonly Word[], { first, next }: Phrase) =>
  words
    .slice(first, next)
    .map(({ plain }) => plain)
    .join(" ");

function phrasesIn(words: readonly Word[], calendar: Calendar): Phrase[] {
  const phrases: Phrase[] = [];
  const isRepeated = repeatsOf(words);
  let at = 0;
  while (at < words.length) {
    const phrase = phraseAt(words, at, calendar);
    if (phrase && isMeant(phrase, words) && !isRepeated(phrase)) phrases.push(phrase);
    at = phrase?.next ?? at + 1;
  }
  return phrases;
}

/** The calendar has it, it is to come, and it is not the "november" of "3-5 november". */
function isMeant({ first, said, certainty }: Phrase, words: readonly Word[]): boolean {
  const before = coreOf(words, first - 1);
  const isHalf = certainty === NEVER && /\d/.test(before);
  return Object.keys(said).length > 0 && !PAST.test(before) && !isHalf;
}

/** "mon - fri", "from 9 to 5pm" */
function isOfRange(phrases: readonly Phrase[], index: number, words: readonly Word[]): boolean {
  const phrase = phrases[index];
  if (!phrase) return false;
  const { first, next } = phrase;
  const isNumeric = /\d/.test(coreOf(words, first)) || /\d/.test(coreOf(words, next - 1));
  const isEnd = (neighbour: boolean, word: string) => neighbour || (isNumeric && /^\d/.test(word));
  const before =
    RANGE.test(coreOf(words, first - 1)) &&
    isEnd(phrases[index - 1]?.next === first - 1, coreOf(words, first - 2));
  const after =
    RANGE.test(coreOf(words, next)) && isEnd(phrases[index + 1]?.first === next + 1, coreOf(words, next + 1));
  return before || after;
}

/** "tue and thu", "mon thu": which of them is not for us to say. */
function isListed(phrases: readonly Phrase[], index: number, words: readonly Word[]): boolean {
  const isPair = (left?: Phrase, right?: Phrase) =>
    left !== undefined &&
    right !== undefined &&
    (left.next === right.first || (left.next + 1 === right.first && LIST.test(coreOf(words, left.next))));
  return isPair(phrases[index - 1], phrases[index]) || isPair(phrases[index], phrases[index + 1]);
}

/** "up to january 30th" is taken whole: what would be left of it says nothing. */
function withTellingWords(phrase: Phrase, words: readonly Word[]): Phrase {
  let { first } = phrase;
  if (phrase.isCued) return phrase;
  while (TELLING.test(coreOf(words, first - 1)) && !words[first - 1]?.punctuation) first -= 1;
  if (coreOf(words, first) === "to" && coreOf(words, first - 1) === "up") first -= 1;
  return { ...phrase, first };
}

const NOWHERE = { isStrong: false, isAtEdge: false };

function placeOf(phrase: Phrase, words: readonly Word[]): typeof NOWHERE {
  const { first, next, certainty } = phrase;
  const isFirst = words.slice(0, first).every(isMarker);
  const isLast = words.slice(next).every(isMarker);
  const isExam = /^(?:SAT|SUN)$/.test(plainText(words, phrase));
  const isStrong = certainty === SURE || (isLast && certainty >= AT_END) || (isFirst && certainty >= AT_ENDS);
  return isExam ? NOWHERE : { isStrong, isAtEdge: (isFirst || isLast) && certainty >= AT_END };
}
