import type { Task } from "@/lib/client/client";
import { addDays, todayIn } from "@/lib/quick-add/zone";
import { type Place, placeOf, QUADRANTS } from "./quadrants";

type Clock = { now: Date; timeZone: string };

type Test = (task: Task) => boolean;

/** The tokens that the filter bar knows, for its help. */
export const FILTER_HELP = [
  ["!1 … !4, !0", "in that quadrant, or unsorted"],
  ["is:overdue", "due before now"],
  ["is:dated, is:undated", "with or without a date"],
  ["due:<7d", "due within 7 days; due:today"],
  ["created:>30d", "older than 30 days"],
  ["-word", "without the word"],
] as const;

/** Different kinds narrow each other; several of one kind widen it. Words must all occur, in title or notes. */
export function matcher(query: string, clock: Clock): (task: Task | undefined) => boolean {
  const tests = new Map<string, Test[]>();
  const words: Test[] = [];
  for (const token of query.trim().split(/\s+/).filter(Boolean)) {
    const special = readToken(token, clock);
    if (special) tests.set(special.kind, [...(tests.get(special.kind) ?? []), special.test]);
    else words.push(wordTest(token));
  }
  return (task) =>
    task !== undefined &&
    [...tests.values()].every((group) => group.some((test) => test(task))) &&
    words.every((test) => test(task));
}

/** Without case and accents. */
export const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function wordTest(token: string): Test {
  const isNot = token.length > 1 && token.startsWith("-");
  const word = fold(isNot ? token.slice(1) : token);
  return ({ title, description }) => fold(`${title}\n${description ?? ""}`).includes(word) !== isNot;
}

const PLACE_TOKENS: Record<string, Place> = Object.fromEntries([
  ["!0", "unsorted"],
  ...QUADRANTS.map(({ key, number }) => [`!${number}`, key]),
]);

function readToken(token: string, clock: Clock): { kind: string; test: Test } | undefined {
  const place = PLACE_TOKENS[token];
  if (place) return { kind: "place", test: (task) => placeOf(task) === place };
  if (token === "is:overdue") return { kind: "is", test: (task) => isOverdue(task, clock) };
  if (token === "is:dated") return { kind: "is", test: (task) => task.due_datetime !== null };
  if (token === "is:undated") return { kind: "is", test: (task) => task.due_datetime === null };
  const today = todayIn(clock.timeZone, clock.now);
  if (token === "due:today") return { kind: "due", test: (task) => dayOf(task, clock) === today };
  const [, kind, sign, count] = token.match(/^(due|created):([<>])(\d{1,4})d$/) ?? [];
  if (kind === "due") return { kind, test: dueTest(sign === "<", addDays(today, Number(count)), clock) };
  if (kind === "created") {
    const before = new Date(clock.now.getTime() - Number(count) * 86_400_000).toISOString();
    return { kind, test: ({ created_at }) => (sign === ">" ? created_at < before : created_at >= before) };
  }
  return undefined;
}

const dueTest =
  (isWithin: boolean, limit: string, clock: Clock): Test =>
  (task) => {
    const day = dayOf(task, clock);
    return day !== null && (isWithin ? day < limit : day > limit);
  };

/** The day on which it is due, where the person is. */
export const dayOf = ({ due_datetime, due_all_day }: Task, { timeZone }: Clock): string | null => {
  if (due_datetime === null) return null;
  return due_all_day ? due_datetime.slice(0, 10) : todayIn(timeZone, new Date(due_datetime));
};

export function isOverdue(task: Task, clock: Clock): boolean {
  const { due_datetime, due_all_day, is_completed } = task;
  if (due_datetime === null || is_completed) return false;
  if (due_all_day) return due_datetime.slice(0, 10) < todayIn(clock.timeZone, clock.now);
  return due_datetime < clock.now.toISOString();
}
