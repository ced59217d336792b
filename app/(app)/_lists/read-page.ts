import { toCamel, toWire } from "@/lib/keys";
import { listTasks } from "@/lib/tasks/list-tasks";
import { TaskListQuery, TaskPage } from "@/lib/tasks/schemas";
import { TrashPage } from "@/lib/trash/schemas";
import { listTrash } from "@/lib/trash/trash";
import { ownContext } from "./own-context";

type Query = Readonly<Record<string, string | number | boolean>>;

/** As the API answers the same query, so that its cursor leads on there. */
export async function readTasks(query: Query) {
  const texts = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const parsed = toCamel(TaskListQuery.parse(Object.fromEntries(texts)));
  return TaskPage.parse(toWire(await listTasks(await ownContext(), parsed)));
}

export async function readTrash(limit: number) {
  return TrashPage.parse(toWire(await listTrash(await ownContext(), { limit })));
}
