import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { allDayRefusal, refusals, unsortedRefusal } from "@/lib/tasks/fields";
import { present, type Task } from "@/lib/tasks/row";
import { recordWrite } from "./record-write";
import { differing, restoring, type Step, undoable } from "./undo";
import { writeTogether } from "./write-together";

/** Puts back what one change did, and nothing else. It is a change itself, so it can be undone too. */
export function undoChange(ctx: Ctx, groupId: string): Promise<{ tasks: Task[] }> {
  return writeTogether(ctx, async (ctx) => {
    const tasks = new Map<string, Task>();
    for (const step of await undoable(ctx, groupId)) tasks.set(step.id, await putBack(ctx, step));
    return { tasks: [...tasks.values()] };
  });
}

async function putBack(ctx: Ctx, { id, op, fields }: Step): Promise<Task> {
  const set = restoring("task", fields);
  if (op === "create") set.deletedAt = sql`clock.at`;
  const isMoved = "deleted_at" in fields;
  const toTrash = isMoved && fields.deleted_at !== null ? 1 : 0;
  const toBoard = isMoved ? 1 - toTrash : 0;
  const write = recordWrite(ctx, {
    entity: "task",
    op: "undo",
    id,
    set,
    isThere: sql`true`,
    refusal: sql`coalesce(${allDayRefusal}, ${unsortedRefusal})`,
    refusals,
    live: toBoard - toTrash,
    trashed: toTrash - toBoard,
    present,
  });
  return write.catch((error: unknown) => {
    const isRefused = error instanceof AppError && error.code === "invalid";
    throw isRefused ? differing((error.extras.errors ?? []).map(({ path }) => path)) : error;
  });
}
