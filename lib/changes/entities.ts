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

/** A row with the database's names and values, as JSON or from the driver, as Drizzle would give it. */
export function fromStored<E extends Entity>(
  entity: E,
  stored: Record<string, unknown>,
): Stored<(typeof entities)[E]> {
  const row: Record<string, unknown> = {};
  for (const [key, column] of columnsOf(entities[entity])) {
    const value = stored[column.name] ?? null;
    row[key] = value === null ? null : column.mapFromDriverValue(value);
  }
  return row as Stored<(typeof entities)[E]>;
}

const columnsByTable = new WeakMap<PgTable, readonly (readonly [string, Column])[]>();

/** The columns that a write stores; the others are computed from them. */
export function columnsOf(table: PgTable): readonly (readonly [string, Column])[] {
  const known = columnsByTable.get(table);
  if (known) return known;
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated);
  columnsByTable.set(table, columns);
  return columns;
}
