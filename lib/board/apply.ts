import type { BatchOperation, Task } from "@/lib/client/client";

/** What a gesture may set, as the API names it. */
export type Fields = Partial<
  Pick<
    Task,
    | "title"
    | "description"
    | "due_datetime"
    | "due_all_day"
    | "priority"
    | "is_sorted"
    | "position"
    | "is_completed"
  >
>;

export type Operation = Pick<BatchOperation, "op" | "if_match"> & {
  id: string;
  body?: Fields & { completed?: boolean };
};

type Moment = { at: string; userId: string };

/** The task as the server will have it once it has carried the operation out; undefined for one that is not there. */
export function apply(task: Task | undefined, operation: Operation, moment: Moment): Task | undefined {
  const { op, id, body = {} } = operation;
  if (op === "create") return task ?? set(blank(id, moment), body, moment.at);
  if (!task) return undefined;
  if (op === "delete") return { ...task, deleted_at: moment.at };
  if (op === "restore") return { ...task, deleted_at: null };
  const { completed, ...fields } = body;
  return set(task, op === "complete" ? { is_completed: completed ?? true } : fields, moment.at);
}

function set(task: Task, fields: Fields, at: string): Task {
  const isSorted = fields.is_sorted ?? (fields.priority !== undefined || task.is_sorted);
  const priority = isSorted ? (fields.priority ?? task.priority) : "not_urgent_not_important";
  const isCompleted = fields.is_completed ?? task.is_completed;
  return {
    ...task,
    ...fields,
    is_sorted: isSorted,
    priority,
    important: priority === "urgent_important" || priority === "not_urgent_important",
    urgent: priority === "urgent_important" || priority === "urgent_not_important",
    is_completed: isCompleted,
    completed_at: isCompleted ? (task.completed_at ?? at) : null,
  };
}

/** What takes the operation back, on a task as it was before. */
export function inverse(before: Task | undefined, { op, id, body = {} }: Operation): Operation {
  if (op === "create" || op === "restore") return { op: "delete", id };
  if (op === "delete") return { op: "restore", id };
  if (!before) return { op: "update", id };
  if (op === "complete") return { op: "update", id, body: { is_completed: before.is_completed } };
  const { priority, is_sorted } = before;
  const place = "priority" in body || "is_sorted" in body ? { priority, is_sorted } : {};
  const names = Object.keys(body) as (keyof Fields)[];
  const fields = Object.fromEntries(names.map((name) => [name, before[name]]));
  return { op: "update", id, body: { ...fields, ...place } };
}

const blank = (id: string, { at, userId }: Moment): Task => ({
  id,
  user_id: userId,
  title: "",
  description: null,
  due_datetime: null,
  due_all_day: false,
  priority: "not_urgent_not_important",
  important: false,
  urgent: false,
  is_sorted: false,
  position: "a0",
  is_completed: false,
  completed_at: null,
  created_at: at,
  updated_at: at,
  deleted_at: null,
  version: 0,
});
