import { clockText, describeDue } from "./describe-due";
import type { QuickAddContext } from "./parse";
import type { Said } from "./phrases";
import { addDays, minuteOf, momentOf, todayIn } from "./zone";

type Zone = Pick<QuickAddContext, "now" | "timeZone" | "locale">;

type Moment = { dueDatetime: string; dueAllDay: boolean; isPast: boolean };

const MINUTE_MS = 60_000;

/** A time without a day is the next one to come; with a day that was said it may be over. */
export function momentSaid({ date, time, minutesAhead }: Said, { now, timeZone }: Zone): Moment {
  if (minutesAhead !== undefined) return timed(minuteOf(now.getTime() + minutesAhead * MINUTE_MS), false);
  const today = todayIn(timeZone, now);
  const day = date ?? today;
  if (time === undefined)
    return { dueDatetime: `${day}T00:00:00.000Z`, dueAllDay: true, isPast: day < today };
  const moment = momentOf(day, time, timeZone);
  if (moment > now) return timed(moment, false);
  return date === undefined
    ? timed(momentOf(addDays(day, 1), time, timeZone), false)
    : timed(moment, moment < now);
}

const timed = (moment: Date, isPast: boolean): Moment => ({
  dueDatetime: moment.toISOString(),
  dueAllDay: false,
  isPast,
});

/** Of a day and a time that stand apart each is told for itself. */
export function partLabel(part: Said, whole: Said, zone: Zone): string {
  const view = { ...zone, dateFormat: "locale" } as const;
  if (whole.date && !part.date && part.time) return clockText(part.time, view);
  return describeDue(momentSaid(part, zone), view).text;
}
