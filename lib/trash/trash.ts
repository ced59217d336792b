import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recordWrite } from "@/lib/changes/record-write";
import type { Ctx } from "@/lib/context";
import { decodeCursor, encodeCursor, signatureOf } from "@/lib/cursor";
import { tasks } from "@/lib/db/schema";
import { present, type Task, taskColumns } from "@/lib/tasks/row";

type TrashQuery = { limit: number; cursor?: string };

const SIGNATURE = signatureOf({ list: "trash" });

const Keys = z.tuple([z.iso.datetime()]);

/** What was deleted last comes first. */
export async function listTrash(ctx: Ctx, { limit, cursor }: TrashQuery) {
  const place = cursor === undefined ? undefined : decodeCursor(SIGNATURE, cursor, Keys);
  const isBelow =
    place &&
    sql`(${tasks.deletedAt}, ${tasks.id}) < (${String(place.keys[0])}::timestamptz(3), ${place.id}::uuid)`;
  const rows = await ctx.db
    .select(taskColumns)
    .from(tasks)
    .where(and(eq(tasks.spaceId, ctx.actor.spaceId), isNotNull(tasks.deletedAt), isBelow))
    .orderBy(desc(tasks.deletedAt), desc(tasks.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    rows.length > limit && last
      ? encodeCursor(SIGNATURE, { keys: [last.deletedAt?.toISOString() ?? null], id: last.id })
      : null;
  return { tasks: page.map(present), nextCursor };
}

/** For good, before its time. */
export function purgeTask(ctx: Ctx, id: string): Promise<Task> {
  const isThere = sql`cur.deleted_at is not null`;
  return recordWrite(ctx, { entity: "task", op: "purge", id, set: {}, isThere, trashed: -1, present });
}
