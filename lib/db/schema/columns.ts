import { sql } from "drizzle-orm";
import { customType, timestamp } from "drizzle-orm/pg-core";

/** Milliseconds: a cursor made of what JavaScript can hold must not skip rows that differ by microseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const now = sql`now()`;

/** Text that sorts by bytes, the same on every machine and in JavaScript. */
export const byteText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const PRIORITIES = [
  "urgent_important",
  "not_urgent_important",
  "urgent_not_important",
  "not_urgent_not_important",
] as const;

export type Priority = (typeof PRIORITIES)[number];

/** Stored as 1 to 4, most pressing first, so that the database sorts priorities as people do. */
export const priority = customType<{ data: Priority; driverData: number }>({
  dataType: () => "smallint",
  toDriver: (value) => PRIORITIES.indexOf(value) + 1,
  fromDriver: (value) => {
    const name = PRIORITIES[value - 1];
    if (!name) throw new Error(`No priority has the number ${value}.`);
    return name;
  },
});

export const CHANGE_OPS = ["create", "update", "complete", "delete", "restore", "undo", "purge"] as const;

export type ChangeOp = (typeof CHANGE_OPS)[number];
