import { AT_ENDS, type Certainty, CUED, SURE } from "./certainty";

export type TimeMatch = { text: string; time: string; certainty: Certainty };

const PARTS = { morning: 9, afternoon: 15, evening: 18, night: 20 };

export type PartOfDay = keyof typeof PARTS;

export const isPartOfDay = (name: string): name is PartOfDay => Object.hasOwn(PARTS, name);

const NOON = "12:00";

const timeOf = (hour: number, minute: number) =>
  hour < 24 && minute < 60
    ? `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`
    : undefined;

/** A part of the day that is named behind a date. */
export function partAt(phrase: string): { text: string; part: PartOfDay } | null {
  const [text, name = ""] = /^(?:in the )?(morning|afternoon|evening|night)(?= |$)/.exec(phrase) ?? [];
  return text !== undefined && isPartOfDay(name) ? { text, part: name } : null;
}

/** "Tonight at 8" is at 20:00, and "tomorrow morning at 6" at 06:00. */
export function timeInPart(part: PartOfDay, time: string | undefined): string | undefined {
  if (time === undefined) return timeOf(PARTS[part], 0);
  const hour = Number(time.slice(0, 2));
  return timeOf((hour % 12) + (part === "morning" ? 0 : 12), Number(time.slice(3)));
}

const HALF_DAY = /^(?:at )?(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\.?(?= |$)/;
const FULL_DAY = /^(?:at )?(\d{1,2}):(\d\d)(?= |$)/;
const DOTTED = /^at (\d{1,2})\.(\d\d)(?= |$)/;
const MIDDAY = /^(?:at )?(?:noon|midday)(?= |$)/;
const HOUR = /^at (\d{1,2})(?: o['’]?clock)?(?= |$)/;

/** What begins the phrase and is a time. */
export function timeAt(phrase: string): TimeMatch | null {
  const half = HALF_DAY.exec(phrase);
  if (half) return match(half, halfDayTime(half), AT_ENDS);
  const full = FULL_DAY.exec(phrase) ?? DOTTED.exec(phrase);
  if (full) return match(full, timeOf(Number(full[1]), Number(full[2])), digitsCertainty(full));
  const midday = MIDDAY.exec(phrase);
  if (midday) return match(midday, NOON, CUED);
  const hour = HOUR.exec(phrase);
  const found = hour && match(hour, timeOf(wakingHour(hour[1] ?? ""), 0), AT_ENDS);
  // "Look at 3 flats"
  return found && { ...found, certainty: AT_ENDS };
}

/** "John 3:16" is no appointment. */
const digitsCertainty = ([, , minutes = ""]: RegExpExecArray) => (/[05]$|59/.test(minutes) ? AT_ENDS : CUED);

function halfDayTime([, digits, minutes, half]: RegExpExecArray) {
  const hour = Number(digits);
  if (hour < 1 || hour > 12) return undefined;
  return timeOf((hour % 12) + (half === "p" ? 12 : 0), Number(minutes ?? 0));
}

/** Who says "at 3" is awake then; "at 03" and "at 3:00" are told by a clock of 24 hours. */
const wakingHour = (digits: string) => (/^[1-6]$/.test(digits) ? Number(digits) + 12 : Number(digits));

function match([text]: RegExpExecArray, time: string | undefined, certainty: Certainty): TimeMatch | null {
  return time === undefined ? null : { text, time, certainty: text.startsWith("at ") ? SURE : certainty };
}
