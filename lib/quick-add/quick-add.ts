import { eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { users } from "@/lib/db/schema";
import { createTask } from "@/lib/tasks/tasks";
import { parseQuickAdd, type QuickAddContext } from "./parse";

type Line = { text: string; id?: string; timeZone?: string; locale: string; dryRun: boolean };

type Preferences = Pick<QuickAddContext, "weekStart" | "timeZone">;

export async function quickAddTask(ctx: Ctx, line: Line) {
  const preferences = await preferencesOf(ctx);
  const parse = (now: Date) => {
    const { timeZone = preferences.timeZone ?? "UTC", locale } = line;
    const { weekStart = "monday" } = preferences;
    const parsed = parseQuickAdd(line.text, { now, timeZone, locale, weekStart });
    return { ...parsed, isSorted: parsed.priority !== null };
  };
  const first = parse(new Date());
  if (line.dryRun) return { parse: first, task: null };
  const { title, priority, dueDatetime, dueAllDay } = first;
  const task = await createTask(ctx, {
    ...(line.id !== undefined && { id: line.id }),
    ...(priority && { priority }),
    title,
    dueDatetime: dueDatetime === null ? null : new Date(dueDatetime),
    dueAllDay,
  });
  // What is answered again was understood when the task was made.
  return { parse: ctx.write?.isReplay ? parse(task.createdAt) : first, task };
}

async function preferencesOf({ db, actor }: Ctx): Promise<Partial<Preferences>> {
  const preferences = sql<Partial<Preferences>>`${users.preferences}`;
  const [row] = await db.select({ preferences }).from(users).where(eq(users.id, actor.userId));
  return row?.preferences ?? {};
}
