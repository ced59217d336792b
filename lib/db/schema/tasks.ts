import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { byteText, instant, now, priority } from "./columns";
import { spaces } from "./spaces";

const isLive = sql`deleted_at is null`;

export const tasks = pgTable(
  "tasks",
  {
    spaceId: uuid("space_id")
      .notNull()
      .references(() => spaces.id, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    title: text("title").notNull(),
    description: text("description"),
    dueDatetime: instant("due_datetime"),
    dueAllDay: boolean("due_all_day").notNull().default(false),
    priority: priority("priority").notNull().default(sql`4`),
    isSorted: boolean("is_sorted").notNull().default(false),
    position: byteText("position").notNull(),
    isCompleted: boolean("is_completed").notNull().default(false),
    completedAt: instant("completed_at"),
    deletedAt: instant("deleted_at"),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull().default(now),
    updatedAt: instant("updated_at").notNull().default(now),
    search: text("search")
      .notNull()
      .generatedAlwaysAs(sql`fold(title || E'\\n' || coalesce(description, ''))`),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.id] }),
    index("tasks_created_idx").on(table.spaceId, table.createdAt, table.id).where(isLive),
    index("tasks_due_idx").on(table.spaceId, table.dueDatetime, table.id).where(isLive),
    index("tasks_priority_idx").on(table.spaceId, table.priority, table.id).where(isLive),
    index("tasks_title_idx")
      .on(table.spaceId, sql`(lower(${table.title}) collate "C")`, table.id)
      .where(isLive),
    index("tasks_board_idx")
      .on(table.spaceId, table.isSorted, table.priority, table.position, table.id)
      .where(isLive),
    index("tasks_trash_idx").on(table.spaceId, table.deletedAt, table.id).where(sql`deleted_at is not null`),
    index("tasks_deleted_idx").on(table.deletedAt).where(sql`deleted_at is not null`),
    check("tasks_title_check", sql`char_length(${table.title}) between 1 and 255`),
    check("tasks_description_check", sql`char_length(${table.description}) <= 50000`),
    check("tasks_priority_check", sql`${table.priority} between 1 and 4`),
    check("tasks_unsorted_check", sql`${table.isSorted} or ${table.priority} = 4`),
    check("tasks_completed_check", sql`${table.isCompleted} = (${table.completedAt} is not null)`),
    check(
      "tasks_all_day_check",
      sql`not ${table.dueAllDay} or (${table.dueDatetime} is not null and date_trunc('day', ${table.dueDatetime}, 'UTC') = ${table.dueDatetime})`,
    ),
    check("tasks_version_check", sql`${table.version} >= 1`),
  ],
);
