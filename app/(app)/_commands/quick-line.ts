import { type Place, QUADRANTS } from "@/lib/board/quadrants";
import type { NewTask } from "@/lib/board/verbs";
import { describeDue } from "@/lib/quick-add/describe-due";
import { parseQuickAdd, type QuickAdd, type QuickAddToken } from "@/lib/quick-add/parse";
import { addDays, momentOf, timeIn, todayIn } from "@/lib/quick-add/zone";
import type { Clock } from "../_shell/use-clock";

/** Chosen by hand. It counts until the line says something new about it. */
type Picked<T> = { value: T; over: string };

export type QuickLine = {
  text: string;
  rejected: readonly string[];
  accepted: readonly string[];
  place: Picked<Place> | null;
  day: Picked<string> | null;
};

export const EMPTY: QuickLine = { text: "", rejected: [], accepted: [], place: null, day: null };

export type Chip = {
  kind: QuickAddToken["kind"];
  text: string;
  isPast: boolean;
  /** The words that said it; null where it was chosen by hand. */
  said: string | null;
};

export type Reading = {
  /** One for each line that says anything. */
  tasks: NewTask[];
  isCut: boolean;
  chips: Chip[];
  /** Their offsets are those of the whole text. */
  tokens: QuickAddToken[];
  suggestions: QuickAddToken[];
  place: Place;
  day: string | null;
};

type View = { clock: Clock; names(place: Place): string };

type Due = { dueDatetime: string; dueAllDay: boolean };

/** What the API takes. */
const TITLE_MAX = 255;
export const NOTES_MAX = 50_000;

export function readLine(line: QuickLine, view: View): Reading {
  const parsed = linesOf(line.text).map(({ text, start }) => ({
    start,
    ...parsedOf(text, line, view.clock),
  }));
  const all = (name: "tokens" | "suggestions") =>
    parsed.flatMap((each) =>
      each[name].map((token) => ({ ...token, start: token.start + each.start, end: token.end + each.start })),
    );
  const tokens = all("tokens");
  const place = line.place?.over === saidOf(tokens, "quadrant") ? line.place.value : null;
  const day = line.day?.over === saidOf(tokens, "due") ? line.day.value : null;
  const [first] = parsed;
  const due = first ? dueOf(first, day, view.clock) : null;
  return {
    tasks: parsed.map((each) => taskOf(each, place ?? placeOf(each), dueOf(each, day, view.clock))),
    isCut: parsed.some(({ title }) => cut(title).rest !== ""),
    chips: [
      ...(place
        ? [{ kind: "quadrant" as const, text: placeText(place, view), isPast: false, said: null }]
        : []),
      ...(day
        ? [{ kind: "due" as const, text: due ? dueText(due, view.clock) : day, isPast: false, said: null }]
        : []),
      ...parsed.flatMap((each) => chipsOf(each, view)).filter(({ kind }) => !(kind === "due" ? day : place)),
    ].filter(
      (chip, index, rest) =>
        rest.findIndex(({ said, kind }) => said === chip.said && kind === chip.kind) === index,
    ),
    tokens,
    suggestions: day ? [] : all("suggestions"),
    place: place ?? (first ? placeOf(first) : "unsorted"),
    day: day ?? (due ? dayOf(due, view.clock) : null),
  };
}

/** The words about it, to tell whether they changed. */
export const saidOf = (tokens: readonly QuickAddToken[], kind: QuickAddToken["kind"]): string =>
  tokens.flatMap((token) => (token.kind === kind ? token.text : [])).join("\n");

/** The first line is the title, and what is below it the notes. */
export function asOneTask({ text }: QuickLine, { tasks: [first] }: Reading): NewTask | undefined {
  const rest = text.trimStart().split("\n").slice(1).join("\n").trimEnd();
  return first && { ...first, description: [first.description, rest].filter(Boolean).join("\n\n") };
}

function linesOf(text: string): { text: string; start: number }[] {
  let next = 0;
  return text.split("\n").flatMap((line) => {
    const start = next;
    next += line.length + 1;
    return line.trim() ? [{ text: line, start }] : [];
  });
}

const parsedOf = (text: string, { rejected, accepted }: QuickLine, clock: Clock): QuickAdd =>
  parseQuickAdd(text, { ...clock, rejected, accepted });

const placeOf = ({ priority }: QuickAdd): Place =>
  QUADRANTS.find((quadrant) => quadrant.priority === priority)?.key ?? "unsorted";

const dayOf = ({ dueDatetime, dueAllDay }: Due, { timeZone }: Clock) =>
  dueAllDay ? dueDatetime.slice(0, 10) : todayIn(timeZone, new Date(dueDatetime));

/** A day that was picked keeps the time that was said. */
function dueOf({ dueDatetime, dueAllDay }: QuickAdd, day: string | null, { timeZone }: Clock): Due | null {
  if (day === null) return dueDatetime === null ? null : { dueDatetime, dueAllDay };
  if (dueDatetime === null || dueAllDay) return { dueDatetime: `${day}T00:00:00.000Z`, dueAllDay: true };
  const time = timeIn(timeZone, new Date(dueDatetime));
  return { dueDatetime: momentOf(day, time, timeZone).toISOString(), dueAllDay: false };
}

function taskOf({ title: whole }: QuickAdd, place: Place, due: Due | null): NewTask {
  const { title, rest } = cut(whole);
  return {
    title,
    place,
    ...(rest && { description: rest }),
    ...(due && { due_datetime: due.dueDatetime, due_all_day: due.dueAllDay }),
  };
}

/** Between two words where there are any. */
function cut(title: string): { title: string; rest: string } {
  const characters = [...title];
  if (characters.length <= TITLE_MAX) return { title, rest: "" };
  const space = characters.lastIndexOf(" ", TITLE_MAX);
  const at = space > 0 ? space : TITLE_MAX;
  return { title: characters.slice(0, at).join("").trim(), rest: characters.slice(at).join("").trim() };
}

function chipsOf(parsed: QuickAdd, view: View): Chip[] {
  const isWhole = parsed.tokens.filter(({ kind }) => kind === "due").length === 1;
  return parsed.tokens.map(({ kind, text, label, isPast }) => {
    const due = isWhole ? dueOf(parsed, null, view.clock) : null;
    const told =
      kind === "quadrant" ? placeText(placeOf(parsed), view) : due ? dueText(due, view.clock) : label;
    return { kind, text: told, isPast, said: text };
  });
}

const placeText = (place: Place, { names }: View) =>
  `${QUADRANTS.find(({ key }) => key === place)?.number ?? 0} ${names(place)}`;

/** With its date where the day has a name. */
function dueText(due: Due, clock: Clock): string {
  const { text } = describeDue(due, clock);
  if (!/^(?:Today|Tomorrow|Yesterday)/.test(text)) return text;
  const date = dayOf(due, clock);
  const weekBefore = new Date(addDays(date, -7));
  const named = { dueDatetime: `${date}T00:00:00.000Z`, dueAllDay: true };
  return `${text}, ${describeDue(named, { ...clock, now: weekBefore }).text}`;
}
