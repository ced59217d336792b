import { type SQL, sql } from "drizzle-orm";
import { tasks } from "@/lib/db/schema";
import { PRIORITIES } from "@/lib/db/schema/columns";
import type { Place } from "./cursor";
import type { TaskRow } from "./row";

type Sort = {
  keys: SQL[];
  /** The keys of a row as a cursor carries them, and back. */
  read(row: TaskRow): Place["keys"];
  bind(keys: Place["keys"]): SQL[];
};

const moment = (value: Place["keys"][number] | undefined) => sql`${value ?? null}::timestamptz(3)`;
const rank = ({ priority }: TaskRow) => PRIORITIES.indexOf(priority) + 1;
const folded = (title: SQL) => sql`lower(${title}) collate "C"`;

const byMoment = (column: "createdAt" | "updatedAt" | "dueDatetime"): Sort => ({
  keys: [sql`${tasks[column]}`],
  read: (row) => [row[column]?.toISOString() ?? null],
  bind: ([key]) => [moment(key)],
});

/** The id comes behind every key and runs in the same direction. */
export const sorts = {
  created_at: byMoment("createdAt"),
  updated_at: byMoment("updatedAt"),
  due_datetime: byMoment("dueDatetime"),
  priority: {
    keys: [sql`${tasks.priority}`],
    read: (row) => [rank(row)],
    bind: ([key]) => [sql`${key ?? null}::smallint`],
  },
  title: {
    keys: [folded(sql`${tasks.title}`)],
    read: (row) => [row.title],
    bind: ([key]) => [folded(sql`${key ?? null}::text`)],
  },
  position: {
    keys: [sql`${tasks.isSorted}`, sql`${tasks.priority}`, sql`${tasks.position}`],
    read: (row) => [row.isSorted, rank(row), row.position],
    bind: ([isSorted, priority, position]) => [
      sql`${isSorted ?? null}::boolean`,
      sql`${priority ?? null}::smallint`,
      sql`${position ?? null}::text collate "C"`,
    ],
  },
} satisfies Record<string, Sort>;

export type SortName = keyof typeof sorts;

export const SORTS = Object.keys(sorts) as [SortName, ...SortName[]];
