import { type SQL, sql } from "drizzle-orm";
import type { Assignments } from "@/lib/changes/entities";
import { tasks } from "@/lib/db/schema";
import { PRIORITIES, type Priority } from "@/lib/db/schema/columns";
import type { Issue } from "@/lib/errors";

export type TaskFields = {
  title: string;
  description: string | null;
  dueDatetime: Date | null;
  dueAllDay: boolean;
  priority: Priority;
  isSorted: boolean;
  position: string;
  isCompleted: boolean;
};

type Patch = Partial<TaskFields>;

type TaskSet = Assignments<"task">;

const UNSORTED = "not_urgent_not_important";

const number = (priority: Priority) => sql`${PRIORITIES.indexOf(priority) + 1}::smallint`;

/** The columns that a patch sets, over `cur`, the task as it is. */
export function assignments(patch: Patch): TaskSet {
  const set: TaskSet = { ...due(patch), ...quadrant(patch) };
  if (patch.title !== undefined) set.title = sql`${patch.title}`;
  if (patch.description !== undefined) set.description = sql`${patch.description}`;
  if (patch.position !== undefined) set.position = sql`${patch.position}`;
  if (patch.isCompleted !== undefined) Object.assign(set, completion(patch.isCompleted));
  return set;
}

export const completion = (isCompleted: boolean): TaskSet => ({
  isCompleted: sql`${isCompleted}`,
  completedAt: sql`case when ${isCompleted} then coalesce(cur.completed_at, clock.at) end`,
});

/** A moment that is no midnight makes an all-day task a timed one; who wants both is refused. */
function due({ dueDatetime, dueAllDay }: Patch): TaskSet {
  const set: TaskSet = {};
  if (dueDatetime !== undefined) {
    const moment = sql`${dueDatetime?.toISOString() ?? null}::timestamptz(3)`;
    set.dueDatetime = moment;
    set.dueAllDay = sql`cur.due_all_day and coalesce(${isMidnight(moment)}, false)`;
  }
  if (dueAllDay !== undefined) {
    set.dueAllDay = sql`${dueAllDay}`;
    // PostgreSQL checks a row that another write has just changed by what the statement itself sets.
    set.dueDatetime ??= sql`cur.due_datetime`;
  }
  return set;
}

const isMidnight = (moment: SQL) => sql`${moment} = date_trunc('day', ${moment}, 'UTC')`;

export const allDayRefusal = sql`case when nxt.due_all_day and ${isMidnight(sql`nxt.due_datetime`)} is not true then 'all_day' end`;

export const unsortedRefusal = sql`case when not nxt.is_sorted and nxt.priority <> ${number(UNSORTED)} then 'unsorted' end`;

export const refusals: Record<string, Issue> = {
  unsorted: {
    path: "is_sorted",
    code: "unsorted",
    message: "cannot be false while priority is another than not_urgent_not_important",
  },
  all_day: {
    path: "due_datetime",
    code: "all_day",
    message: "must be 00:00Z of the day, like 2026-03-01T00:00:00Z, when due_all_day is true",
  },
};

/** What reaches another quadrant without a position goes on top of it. */
function quadrant({ priority, isSorted, position }: Patch): TaskSet {
  if (priority === undefined && isSorted === undefined) return {};
  const sorted = sql`${isSorted ?? true}::boolean`;
  const stored = isSorted === false ? number(UNSORTED) : priority ? number(priority) : sql`cur.priority`;
  return {
    priority: stored,
    isSorted: sorted,
    ...(position === undefined && {
      position: sql`case when (cur.is_sorted, cur.priority) = (${sorted}, ${stored}) then cur.position
        else ${top(sorted, stored)} end`,
    }),
  };
}

/** What a new task's columns are before the caller's values: over nothing, as there is no row yet. */
export function firstValues({ priority, isSorted, position, ...rest }: Patch & { title: string }): TaskSet {
  const sorted = sql`${isSorted ?? priority !== undefined}::boolean`;
  const stored = number(priority ?? UNSORTED);
  const isCompleted = rest.isCompleted ?? false;
  return {
    title: sql`${rest.title}`,
    description: sql`${rest.description ?? null}`,
    dueDatetime: sql`${rest.dueDatetime?.toISOString() ?? null}`,
    dueAllDay: sql`${rest.dueAllDay ?? false}`,
    priority: stored,
    isSorted: sorted,
    position: position === undefined ? top(sorted, stored) : sql`${position}`,
    isCompleted: sql`${isCompleted}`,
    completedAt: isCompleted ? sql`clock.at` : sql`null`,
  };
}

const top = (sorted: SQL, stored: SQL) => sql`position_above((
  select min(t.position) from held, ${tasks} t
  where t.space_id = held.id and t.deleted_at is null and t.is_sorted = ${sorted} and t.priority = ${stored}))`;
