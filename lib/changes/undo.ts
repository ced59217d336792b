import { and, desc, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { changes } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { columnsOf, type Entity, entities } from "./entities";

export type Change = typeof changes.$inferSelect;

/** The values to put back, by the names of the columns. */
export type Fields = Record<string, unknown>;

/** The changes of a group, the last first, each with what undoes it. */
export async function undoable(ctx: Ctx, groupId: string): Promise<{ change: Change; fields: Fields }[]> {
  const rows = await ctx.db
    .select()
    .from(changes)
    .where(and(eq(changes.spaceId, ctx.actor.spaceId), eq(changes.groupId, groupId)))
    .orderBy(desc(changes.seq));
  if (rows.length === 0) throw new AppError("not_found", "There is no such change, or it is no longer kept.");
  const steps = rows.map((change) => ({ change, fields: fieldsOf(change) }));
  for (const step of steps) await refuseOverlap(ctx, step.change, Object.keys(step.fields));
  return steps;
}

/** To undo the making of an object puts it into the trash. */
function fieldsOf({ op, at, before }: Change): Fields {
  if (op === "purge") throw gone();
  return op === "create" ? { deleted_at: at.toISOString() } : (before as Fields);
}

/** Later changes of other fields may stay: this undoes no more than the change that was named. */
async function refuseOverlap({ db, actor }: Ctx, change: Change, names: string[]): Promise<void> {
  const later = await db
    .select({ op: changes.op, before: changes.before })
    .from(changes)
    .where(
      and(
        eq(changes.spaceId, actor.spaceId),
        eq(changes.entityId, change.entityId),
        gt(changes.seq, change.seq),
        ne(changes.groupId, change.groupId),
      ),
    );
  // The purge of old trash leaves no change; then the id may be used again.
  if (later.some(({ op }) => op === "purge" || op === "create")) throw gone();
  const touched = new Set(later.flatMap(({ before }) => Object.keys((before ?? {}) as Fields)));
  const overlap = names.filter((name) => touched.has(name));
  if (overlap.length > 0) throw overlapping(overlap);
}

export const overlapping = (names: string[]) =>
  new AppError("conflict", `Changed again since: ${names.join(", ")}.`, {
    errors: names.map((path) => ({ path, code: "changed_since", message: "was changed by a later change" })),
  });

const gone = () => new AppError("conflict", "It has been deleted for good since.");

/** What `recordWrite` sets to put the fields back. */
export function restoring(entity: Entity, fields: Fields): Record<string, SQL> {
  const own = columnsOf(entities[entity]).filter(([, column]) => column.name in fields);
  return Object.fromEntries(own.map(([key, column]) => [key, sql`${stored(fields[column.name])}`]));
}

const stored = (value: unknown) => (value === null || value === undefined ? null : String(value));
