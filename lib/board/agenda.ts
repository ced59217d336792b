import type { Task } from "@/lib/client/client";
import { addDays, todayIn } from "@/lib/quick-add/zone";
import { TRASH_DAYS } from "@/lib/trash/days";
import { dayOf, isOverdue } from "./filter";
import { byPosition } from "./order";
import { placeOf } from "./quadrants";

type Clock = { now: Date; timeZone: string };

export type Day = { day: string; tasks: Task[] };

const DAY_MS = 86_400_000;

const isOpen = (task: Task) => !task.is_completed && !task.deleted_at;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** By day, and on a day what has no time before what has one. */
function byDue(clock: Clock): (a: Task, b: Task) => number {
  const key = (task: Task) => `${dayOf(task, clock)}${task.due_all_day ? "" : task.due_datetime}`;
  return (a, b) => compare(key(a), key(b)) || byPosition(a, b);
}

/** What today is about; every task stands in the first group that it belongs to. */
export function todayGroups(tasks: Iterable<Task>, clock: Clock) {
  const today = todayIn(clock.timeZone, clock.now);
  const open = [...tasks].filter(isOpen);
  const overdue = open.filter((task) => isOverdue(task, clock));
  const due = open.filter((task) => dayOf(task, clock) === today && !overdue.includes(task));
  const first = open.filter(
    (task) => placeOf(task) === "do" && !overdue.includes(task) && !due.includes(task),
  );
  const order = byDue(clock);
  return { overdue: overdue.sort(order), due: due.sort(order), first: first.sort(byPosition) };
}

/** So many days from today on, those without a task too. */
export function agendaDays(tasks: Iterable<Task>, clock: Clock, count: number): Day[] {
  const today = todayIn(clock.timeZone, clock.now);
  const days = new Map(
    Array.from({ length: count }, (_, index): [string, Task[]] => [addDays(today, index), []]),
  );
  for (const task of tasks) if (isOpen(task)) days.get(dayOf(task, clock) ?? "")?.push(task);
  return [...days].map(([day, found]) => ({ day, tasks: found.sort(byDue(clock)) }));
}

/** How many are due after a day. */
export const countAfter = (tasks: Iterable<Task>, day: string, clock: Clock): number =>
  [...tasks].filter((task) => isOpen(task) && (dayOf(task, clock) ?? "") > day).length;

/**
 * What was completed since a moment, by the day where the person is, and the last first. Lists come from the server by
 * when they were changed, which is never before they were completed: up to the last one that came, nothing is missing.
 */
export function completedDays(tasks: Iterable<Task>, since: string | null, { timeZone }: Clock): Day[] {
  const days = new Map<string, Task[]>();
  const found = [...tasks]
    .filter(({ completed_at, deleted_at }) => completed_at && !deleted_at && completed_at >= (since ?? ""))
    .sort((a, b) => compare(b.completed_at ?? "", a.completed_at ?? "") || compare(b.id, a.id));
  for (const task of found) {
    const day = todayIn(timeZone, new Date(task.completed_at ?? 0));
    days.set(day, [...(days.get(day) ?? []), task]);
  }
  return [...days].map(([day, found]) => ({ day, tasks: found }));
}

/** Before what is in the trash goes for good; 0 when it may go at any moment. */
export function trashDaysLeft(deletedAt: string, now: Date): number {
  const leftMs = Date.parse(deletedAt) + TRASH_DAYS * DAY_MS - now.getTime();
  return Math.min(TRASH_DAYS, Math.max(0, Math.ceil(leftMs / DAY_MS)));
}
