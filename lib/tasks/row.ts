import { getTableColumns, type InferSelectModel } from "drizzle-orm";
import { tasks } from "@/lib/db/schema";

export type TaskRow = Omit<InferSelectModel<typeof tasks>, "search">;

const { search: _, ...columns } = getTableColumns(tasks);

/** What a task is read by: everything but what only the search compares. */
export const taskColumns = columns;

export type Task = ReturnType<typeof present>;

/** The spread comes last: V8 makes a slow object of one that begins a literal, and a page has many of them. */
export const present = ({ spaceId: userId, ...row }: TaskRow) => ({
  userId,
  important: row.priority === "urgent_important" || row.priority === "not_urgent_important",
  urgent: row.priority === "urgent_important" || row.priority === "urgent_not_important",
  ...row,
});
