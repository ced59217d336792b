const DAY_MS = 24 * 60 * 60 * 1000;
const CACHED_DAYS = 1_000;

const days = new Map<number, string>();
const padded = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/**
 * What `toISOString` gives, for a tenth of the time: a page has hundreds of moments, which lie on few days, and the
 * calendar is worked out once for each of them.
 */
export function isoOf(moment: Date): string {
  const ms = moment.getTime();
  const day = Math.floor(ms / DAY_MS);
  const rest = ms - day * DAY_MS;
  const seconds = Math.floor(rest / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const thousandths = String(rest % 1000).padStart(3, "0");
  return `${dayOf(day)}${padded[h]}:${padded[m]}:${padded[s]}.${thousandths}Z`;
}

function dayOf(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, -"00:00:00.000Z".length);
  if (days.size < CACHED_DAYS) days.set(day, text);
  return text;
}
