import { and, eq, gte, isNotNull, isNull, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { fromStored } from "@/lib/changes/entities";
import type { Ctx } from "@/lib/context";
import { decodeCursor, encodeCursor, type Place, signatureOf } from "@/lib/cursor";
import { spaces, tasks } from "@/lib/db/schema";
import type { Priority } from "@/lib/db/schema/columns";
import { present, type Task, taskColumns } from "./row";
import { type SortName, sorts } from "./sorts";

export type TaskFilter = {
  priority?: Priority;
  completed?: boolean;
  isCompleted?: boolean;
  sorted?: boolean;
  dueBefore?: Date;
  dueAfter?: Date;
  updatedSince?: Date;
  q?: string;
};

export type TaskListQuery = TaskFilter & {
  sortBy: SortName;
  sortOrder: "asc" | "desc";
  limit: number;
  offset?: number;
  cursor?: string;
  count: boolean;
};

export type TaskPage = {
  tasks: Task[];
  totalCount: number | null;
  limit: number;
  offset: number;
  nextCursor: string | null;
};

/** Spelt out once: column by column, it is a good part of what a statement costs to build. */
const ROW = sql.raw(
  Object.values(taskColumns)
    .map(({ name }) => `"${name}"`)
    .join(", "),
);

type Row = Record<string, unknown> & { total: number | null };

export async function listTasks(ctx: Ctx, query: TaskListQuery): Promise<TaskPage> {
  const { limit, offset = 0, cursor, count, ...rest } = query;
  const signature = signatureOf(rest);
  const place =
    cursor === undefined ? undefined : decodeCursor(signature, cursor, sorts[query.sortBy].accepts);
  const filters = [eq(tasks.spaceId, ctx.actor.spaceId), isNull(tasks.deletedAt), ...conditions(query)];
  const total = count && !place ? totalOf(ctx, filters) : sql<null>`null`;
  const { rows } = await ctx.db.execute<Row>(pageOf(ctx, query, filters, place, total));
  // Drizzle's own mapping looks at every value of every row anew: a page would spend most of its time there.
  const page = rows.slice(0, limit).map((row) => fromStored("task", row));
  const last = page.at(-1);
  const hasMore = rows.length > limit && last;
  return {
    tasks: page.map(present),
    totalCount: count && !place ? await countOf(ctx, rows, total, offset) : null,
    limit,
    offset,
    nextCursor: hasMore
      ? encodeCursor(signature, { keys: sorts[query.sortBy].read(last), id: last.id })
      : null,
  };
}

function conditions({
  priority,
  isCompleted,
  completed = isCompleted,
  sorted,
  dueBefore,
  dueAfter,
  updatedSince,
  q,
}: TaskFilter): SQL[] {
  const found = [
    priority && eq(tasks.priority, priority),
    completed !== undefined && eq(tasks.isCompleted, completed),
    sorted !== undefined && eq(tasks.isSorted, sorted),
    dueBefore && lt(tasks.dueDatetime, dueBefore),
    dueAfter && gte(tasks.dueDatetime, dueAfter),
    updatedSince && gte(tasks.updatedAt, updatedSince),
    ...wordsOf(q ?? "").map((word) => sql`${tasks.search} like '%' || ${literal(sql`fold(${word})`)} || '%'`),
  ];
  return found.filter((condition) => condition instanceof Object);
}

/** Shorter ones are in everything. */
const wordsOf = (q: string) =>
  q
    .normalize("NFKC")
    .split(/\s+/)
    .filter((word) => [...word].length >= 2);

/** The wildcards of LIKE mean themselves; folding makes some of them out of other signs. */
const literal = (text: SQL) => sql`regexp_replace(${text}, '([\\\\%_])', '\\\\\\1', 'g')`;

/** Without filters the space knows the number; with them it is counted in the statement that reads the page. */
function totalOf({ actor }: Ctx, filters: SQL[]): SQL<number | null> {
  const isUnfiltered = filters.length === 2;
  return isUnfiltered
    ? sql`(select ${spaces.liveCount} from ${spaces} where ${spaces.id} = ${actor.spaceId})`
    : sql`(select count(*)::int from ${tasks} where ${and(...filters)})`;
}

/** A page without rows carries no total: at offset 0 there is nothing, behind the end it is asked for. */
async function countOf(ctx: Ctx, rows: Row[], total: SQL<number | null>, offset: number) {
  const [first] = rows;
  if (first || offset === 0) return first?.total ?? 0;
  const [counted] = (await ctx.db.execute<{ total: number }>(sql`select ${total} as total`)).rows;
  return counted?.total ?? 0;
}

function pageOf(
  ctx: Ctx,
  query: TaskListQuery,
  filters: SQL[],
  place: Place | undefined,
  total: SQL<number | null>,
): SQLWrapper {
  const { keys } = sorts[query.sortBy];
  const order = sql.join(
    [...keys, sql`${tasks.id}`].map((key) => sql`${key} ${sql.raw(query.sortOrder)}`),
    sql`, `,
  );
  const segment = (extra: (SQL | undefined)[], size: number) =>
    ctx.db
      .select({ row: ROW, total: sql<number | null>`${total}`.as("total") })
      .from(tasks)
      .where(and(...filters, ...extra))
      .orderBy(order)
      .limit(size);
  const after = place && behind(query, place);
  const size = query.limit + 1;
  const offset = query.offset ?? 0;
  if (query.sortBy !== "due_datetime") return segment([after], size).offset(offset);

  // Tasks without a date come last in both orders: two ranges of one index, where an OR would scan and sort.
  const dated = segment([isNotNull(tasks.dueDatetime), after], size + offset);
  const undated = segment(
    [isNull(tasks.dueDatetime), place?.keys[0] === null ? after : undefined],
    size + offset,
  );
  if (place?.keys[0] === null) return undated;
  return unionAll(dated, undated).limit(size).offset(offset);
}

function behind({ sortBy, sortOrder }: TaskListQuery, { keys, id }: Place): SQL {
  const sort = sorts[sortBy];
  const compare = sql.raw(sortOrder === "asc" ? ">" : "<");
  const isUndated = sortBy === "due_datetime" && keys[0] === null;
  if (isUndated) return sql`${tasks.id} ${compare} ${id}::uuid`;
  const columns = sql.join([...sort.keys, sql`${tasks.id}`], sql`, `);
  return sql`(${columns}) ${compare} (${sql.join([...sort.bind(keys), sql`${id}::uuid`], sql`, `)})`;
}
