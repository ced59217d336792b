import type { Calendar } from "./calendar";
import { AT_ENDS, type Certainty, NEVER, SURE } from "./certainty";
import { partAt, type TimeMatch, timeAt, timeInPart } from "./clock";
import { type DateMatch, dateAt } from "./dates";
import { NUMBER, numberOf, rulePattern } from "./vocabulary";
import type { Word } from "./words";

/** A moment as it is said: day and time, one of them, or a number of minutes from now. */
export type Said = { date?: string; time?: string; minutesAhead?: number };

export type Phrase = {
  /** Words, the last exclusive. */
  first: number;
  next: number;
  said: Said;
  certainty: Certainty;
  /** Begins with "by", "on" or "due". */
  isCued: boolean;
};

type Body = { text: string; said: Said; certainty: Certainty };

const LONGEST = 9;

/** "due: friday", "nov. 3, 5 p.m.": what does not end a phrase. */
const goesOn = ({ core, punctuation }: Word) =>
  punctuation === "" ||
  punctuation === "," ||
  (punctuation === "." && core.length < 5) ||
  (punctuation === ":" && core === "due");

/** The words from here as far as they may belong together. */
function wordsFrom(words: readonly Word[], from: number): string {
  const cores: string[] = [];
  for (const word of words.slice(from, from + LONGEST)) {
    cores.push(word.core);
    if (!goesOn(word)) break;
  }
  return cores.join(" ");
}

const DURATION = rulePattern("in ", NUMBER, " ?(h|hrs?|hours?|mins?|minutes?)");

function duration(phrase: string): Body | null {
  const [text, count, unit = ""] = DURATION.exec(phrase) ?? [];
  if (text === undefined) return null;
  const minutesAhead = numberOf(count) * (unit.startsWith("h") ? 60 : 1);
  return { text, said: { minutesAhead }, certainty: SURE };
}

const after = (phrase: string, text: string) => phrase.slice(text.length).trimStart();

const joined = (...texts: (string | undefined)[]) => texts.filter(Boolean).join(" ");

/** [time ["on"]] date [part of the day] [["by"] time], a time alone, or "in 2 hours". */
function bodyAt(phrase: string, calendar: Calendar): Body | null {
  if (!calendar.isEnglish) return dated(phrase, calendar, null);
  const span = duration(phrase);
  if (span) return span;
  const lead = timeAt(phrase);
  if (!lead) return dated(phrase, calendar, null);
  const alone = { text: lead.text, said: { time: lead.time }, certainty: lead.certainty };
  const rest = after(phrase, lead.text);
  const link = rest.startsWith("on ") ? "on" : "";
  const both = dated(after(rest, link), calendar, lead);
  return both && both.certainty > NEVER ? { ...both, text: joined(lead.text, link, both.text) } : alone;
}

function dated(phrase: string, calendar: Calendar, lead: TimeMatch | null): Body | null {
  const day = dateAt(phrase, calendar);
  if (!day) return null;
  if (day.date === undefined) return { text: day.text, said: {}, certainty: NEVER };
  const rest = after(phrase, day.text);
  const part = calendar.isEnglish && !day.part && !day.time ? partAt(rest) : null;
  const tail = after(rest, part?.text ?? "");
  const by = tail.startsWith("by ") ? "by" : "";
  const clock = lead || day.time ? null : timeAt(after(tail, by));
  const time = clock ?? lead;
  const spoken = part?.part ?? day.part;
  const said = spoken ? timeInPart(spoken, time?.time) : (time?.time ?? day.time);
  return {
    text: joined(day.text, part?.text, clock ? by : "", clock?.text),
    said: { date: day.date, ...(said && { time: said }) },
    certainty: certaintyOf(day, time),
  };
}

function certaintyOf({ certainty }: DateMatch, time: TimeMatch | null): Certainty {
  if (certainty === NEVER || !time) return certainty;
  return time.text.startsWith("at ") || certainty === SURE ? SURE : AT_ENDS;
}

/** Most words begin nothing, and need not be tried with every rule. */
const BEGINNING =
  /^(?:\d|\+\d|at$|by$|on$|due$|in$|this$|next$|the$|end$|eo|day$|to[dmn]|tm|noon|midday|sun|mon|tue|wed|thu|fri|sat|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

const CUE = /^(?:due(?: by| on)?|by|on)(?= )/;

/** What begins with this word and may be a due date. `said` is empty where the calendar has no such day. */
export function phraseAt(words: readonly Word[], first: number, calendar: Calendar): Phrase | null {
  if (!BEGINNING.test(words[first]?.core ?? "")) return null;
  const phrase = wordsFrom(words, first);
  const cue = calendar.isEnglish ? (CUE.exec(phrase)?.[0] ?? "") : "";
  const body = bodyAt(after(phrase, cue), calendar);
  if (!body || (cue.endsWith("on") && !body.said.date)) return null;
  return {
    first,
    next: first + joined(cue, body.text).split(" ").length,
    said: body.said,
    certainty: cue && body.certainty > NEVER ? SURE : body.certainty,
    isCued: cue !== "",
  };
}
