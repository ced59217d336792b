import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { spaces, tasks } from "@/lib/db/schema";
import { present, type Task, taskColumns } from "@/lib/tasks/row";
import { encodeSyncToken } from "./token";

export type Snapshot = {
  tasks: Task[];
  nextToken: string;
  /** Nothing was ever written. */
  isNew: boolean;
};

/**
 * What is open, and from where to follow what is written after it. The token is read first: what happens in between is
 * told once more, which changes nothing.
 */
export async function readOpenTasks({ db, actor }: Ctx): Promise<Snapshot> {
  const [space] = await db.select({ seq: spaces.seq }).from(spaces).where(eq(spaces.id, actor.spaceId));
  const isOpen = and(eq(tasks.spaceId, actor.spaceId), eq(tasks.isCompleted, false), isNull(tasks.deletedAt));
  const rows = await db.select(taskColumns).from(tasks).where(isOpen);
  const seq = space?.seq ?? 0;
  const nextToken = encodeSyncToken(actor.spaceId, { seq, after: null });
  return { tasks: rows.map(present), nextToken, isNew: seq === 0 };
}
