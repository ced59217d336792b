import { type Column, getTableColumns, type InferSelectModel, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { tasks } from "@/lib/db/schema";

/** What a change may be about, by the name that clients see. */
export const entities = { task: tasks } as const;

export type Entity = keyof typeof entities;

/** A row without what is computed for searching alone. */
export type Stored<T extends PgTable> = Omit<InferSelectModel<T>, "search">;

/** What a verb sets: `recordWrite` itself sees to the rest. */
export type Assignments<E extends Entity> = {
  [C in keyof Stored<(typeof entities)[E]> as C extends Own ? never : C]?: SQL;
};

type Own = "spaceId" | "id" | "version" | "createdAt" | "updatedAt";

/** The columns that a write stores; the others are computed from them. */
export function columnsOf(table: PgTable): [string, Column][] {
  return Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated);
}
