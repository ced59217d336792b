import { addDays, addMonths, weekdayOf } from "./zone";

export type Calendar = {
  today: string;
  /** 0 is Sunday. */
  weekStart: number;
  isDayFirst: boolean;
  isEnglish: boolean;
};

const SATURDAY = 6;

const daysUntil = (from: string, weekday: number) => (weekday - weekdayOf(from) + 7) % 7;

export const onOrAfter = (date: string, weekday: number) => addDays(date, daysUntil(date, weekday));

export const nextWeek = ({ today, weekStart }: Calendar) => onOrAfter(addDays(today, 1), weekStart);

/** Saturday, or today while the weekend lasts. */
export const thisWeekend = ({ today }: Calendar) =>
  weekdayOf(today) === 0 ? today : onOrAfter(today, SATURDAY);

export const nextWeekend = ({ today }: Calendar) =>
  addDays(onOrAfter(today, SATURDAY), weekdayOf(today) === 0 ? 0 : 7);

export const monthStart = (date: string) => `${date.slice(0, 7)}-01`;

export const lastOfMonth = (date: string) => addDays(addMonths(monthStart(date), 1), -1);

/** Undefined where the calendar has no such day. */
export function dateOf(year: number, month: number, day: number): string | undefined {
  const date = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date) ? date : undefined;
}

/** Without a year it is the next one to come, today's included; 29 February may be years away. */
export function comingDate(today: string, month: number, day: number): string | undefined {
  const year = Number(today.slice(0, 4));
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = dateOf(year + ahead, month, day);
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}

/** The next day of the month with this number; short months are passed over. */
export function comingDay(today: string, day: number): string | undefined {
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const month = addMonths(monthStart(today), ahead);
    const date = dateOf(Number(month.slice(0, 4)), Number(month.slice(5, 7)), day);
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}
