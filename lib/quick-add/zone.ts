const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** There are some 600 zones; a server is told names by strangers. */
const CACHED_ZONES = 700;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than a whole parse. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  if (formats.size >= CACHED_ZONES) formats.clear();
  formats.set(timeZone, format);
  return format;
}

/** What clock and calendar of the zone show at a moment, as if that were UTC. */
function wallClock(timeZone: string, at: number): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (
    formatOf(timeZone).format(at).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offset = (timeZone: string, at: number) => wallClock(timeZone, at) - Math.floor(at / 1_000) * 1_000;

const isoDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(formatOf(name));
  } catch {
    return false;
  }
};

export const todayIn = (timeZone: string, now: Date): string => isoDate(wallClock(timeZone, now.getTime()));

/** "HH:MM" */
export const timeIn = (timeZone: string, now: Date): string =>
  new Date(wallClock(timeZone, now.getTime())).toISOString().slice(11, 16);

/** A time that a clock change skips is as much later; of a time that comes twice it is the first. */
export function momentOf(date: string, time: string, timeZone: string): Date {
  const wall = Date.parse(`${date}T${time}Z`);
  const before = offset(timeZone, wall - DAY_MS);
  const after = offset(timeZone, wall + DAY_MS);
  const isLater = offset(timeZone, wall - before) !== before && offset(timeZone, wall - after) === after;
  return new Date(wall - (isLater ? after : before));
}

export const addDays = (date: string, days: number): string => isoDate(Date.parse(date) + days * DAY_MS);

/** The last day of the month where the month is too short. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoDate(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** 0 is Sunday. */
export const weekdayOf = (date: string): number => new Date(Date.parse(date)).getUTCDay();

export const minuteOf = (at: number): Date => new Date(Math.floor(at / MINUTE_MS) * MINUTE_MS);
