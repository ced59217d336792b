import { getTableColumns, type InferSelectModel } from "drizzle-orm";
import { tasks } from "@/lib/db/schema";

export type TaskRow = Omit<InferSelectModel<typeof tasks>, "search">;

const { search: _, ...columns } = getTableColumns(tasks);

/** What a task is read by: everything but what only the search compares. */
export const taskColumns = columns;

export type Task = ReturnType<typeof present>;

export const present = ({ spaceId, ...row }: TaskRow) => ({
  ...row,
  userId: spaceId,
  important: row.priority === "urgent_important" || row.priority === "not_urgent_important",
  urgent: row.priority === "urgent_important" || row.priority === "urgent_not_important",
});
