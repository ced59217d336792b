import { and, eq, isNull, sql } from "drizzle-orm";
import { recordWrite } from "@/lib/changes/record-write";
import type { Ctx } from "@/lib/context";
import { prepared } from "@/lib/db/prepared";
import { tasks } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { uuidv7 } from "@/lib/uuid";
import { allDayRefusal, assignments, completion, firstValues, refusals, type TaskFields } from "./fields";
import { present, type Task, taskColumns } from "./row";

/** Without a name of its own: whether and how a statement is named is the pool's business. */
const byId = prepared((db) => {
  const isOurs = and(eq(tasks.spaceId, sql.placeholder("spaceId")), eq(tasks.id, sql.placeholder("id")));
  return db
    .select(taskColumns)
    .from(tasks)
    .where(and(isOurs, isNull(tasks.deletedAt)))
    .prepare("");
});

export async function findTask({ db, actor }: Ctx, id: string): Promise<Task> {
  const [row] = await byId(db).execute({ spaceId: actor.spaceId, id });
  if (!row) throw new AppError("not_found", "There is no such task.");
  return present(row);
}

export function createTask(
  ctx: Ctx,
  { id = uuidv7(), ...fields }: Partial<TaskFields> & { id?: string; title: string },
): Promise<Task> {
  return recordWrite(ctx, {
    entity: "task",
    op: "create",
    id,
    set: firstValues(fields),
    refusal: allDayRefusal,
    refusals,
    live: 1,
    present,
  });
}

export function updateTask(ctx: Ctx, id: string, patch: Partial<TaskFields>): Promise<Task> {
  const set = assignments(patch);
  return recordWrite(ctx, {
    entity: "task",
    op: "update",
    id,
    set,
    refusal: allDayRefusal,
    refusals,
    present,
  });
}

export function completeTask(ctx: Ctx, id: string, isCompleted: boolean): Promise<Task> {
  return recordWrite(ctx, { entity: "task", op: "complete", id, set: completion(isCompleted), present });
}

/** What was deleted, as it was. */
export function restoreTask(ctx: Ctx, id: string): Promise<Task> {
  const set = { deletedAt: sql`null` };
  const isThere = sql`cur.deleted_at is not null`;
  return recordWrite(ctx, { entity: "task", op: "restore", id, set, isThere, live: 1, trashed: -1, present });
}

/** To the trash: it can be restored for 30 days. */
export function deleteTask(ctx: Ctx, id: string): Promise<Task> {
  const set = { deletedAt: sql`clock.at` };
  return recordWrite(ctx, { entity: "task", op: "delete", id, set, live: -1, trashed: 1, present });
}
