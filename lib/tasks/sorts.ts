import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Place } from "@/lib/cursor";
import { tasks } from "@/lib/db/schema";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { Moment, Timestamp } from "@/lib/wire";
import type { TaskRow } from "./row";

type Sort = {
  keys: SQL[];
  /** The keys of a row as a cursor carries them, and back. */
  read(row: TaskRow): Place["keys"];
  accepts: z.ZodType;
  bind(keys: Place["keys"]): SQL[];
};

const moment = (value: Place["keys"][number] | undefined) => sql`${value ?? null}::timestamptz(3)`;
const rank = ({ priority }: TaskRow) => PRIORITIES.indexOf(priority) + 1;
const folded = (title: SQL) => sql`lower(${title}) collate "C"`;

const At = Timestamp.pipe(Moment);
const Rank = z.int().min(1).max(PRIORITIES.length);
const Text = z.string().regex(/^[^\0]*$/);

const byMoment = (column: "createdAt" | "updatedAt" | "dueDatetime", accepted: z.ZodType = At): Sort => ({
  keys: [sql`${tasks[column]}`],
  read: (row) => [row[column]?.toISOString() ?? null],
  accepts: z.tuple([accepted]),
  bind: ([key]) => [moment(key)],
});

/** The id comes behind every key and runs in the same direction. */
export const sorts = {
  created_at: byMoment("createdAt"),
  updated_at: byMoment("updatedAt"),
  due_datetime: byMoment("dueDatetime", At.nullable()),
  priority: {
    keys: [sql`${tasks.priority}`],
    read: (row) => [rank(row)],
    accepts: z.tuple([Rank]),
    bind: ([key]) => [sql`${key ?? null}::smallint`],
  },
  title: {
    keys: [folded(sql`${tasks.title}`)],
    read: (row) => [row.title],
    accepts: z.tuple([Text]),
    bind: ([key]) => [folded(sql`${key ?? null}::text`)],
  },
  position: {
    keys: [sql`${tasks.isSorted}`, sql`${tasks.priority}`, sql`${tasks.position}`],
    read: (row) => [row.isSorted, rank(row), row.position],
    accepts: z.tuple([z.boolean(), Rank, Text]),
    bind: ([isSorted, priority, position]) => [
      sql`${isSorted ?? null}::boolean`,
      sql`${priority ?? null}::smallint`,
      sql`${position ?? null}::text collate "C"`,
    ],
  },
} satisfies Record<string, Sort>;

export type SortName = keyof typeof sorts;

export const SORTS = Object.keys(sorts) as [SortName, ...SortName[]];
