import { getTableColumns, type InferSelectModel } from "drizzle-orm";
import { tasks } from "@/lib/db/schema";

export type TaskRow = Omit<InferSelectModel<typeof tasks>, "search">;

const { search: _, ...columns } = getTableColumns(tasks);

/** What a task is read by: everything but what only the search compares. */
export const taskColumns = columns;

export type Task = ReturnType<typeof present>;

/** Member by member: a page has many of them, and a spread takes twenty times as long. */
export const present = (row: TaskRow) => ({
  id: row.id,
  userId: row.spaceId,
  title: row.title,
  description: row.description,
  dueDatetime: row.dueDatetime,
  dueAllDay: row.dueAllDay,
  priority: row.priority,
  important: row.priority === "urgent_important" || row.priority === "not_urgent_important",
  urgent: row.priority === "urgent_important" || row.priority === "urgent_not_important",
  isSorted: row.isSorted,
  position: row.position,
  isCompleted: row.isCompleted,
  completedAt: row.completedAt,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  deletedAt: row.deletedAt,
});
