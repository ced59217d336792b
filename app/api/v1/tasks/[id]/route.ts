import { endpoint, route } from "@/lib/api";
import { Task, TaskParams, TaskUpdate } from "@/lib/tasks/schemas";
import { deleteTask, findTask, updateTask } from "@/lib/tasks/tasks";

const update = {
  auth: "user",
  scope: "tasks:write",
  params: TaskParams,
  body: TaskUpdate,
  output: Task,
  conditional: true,
} as const;

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "user",
      scope: "tasks:read",
      summary: "Get a task",
      params: TaskParams,
      output: Task,
      conditional: true,
    },
    ({ ctx, params }) => findTask(ctx, params.id),
  ),
  PATCH: route({ ...update, summary: "Change a task", idempotent: true }, ({ ctx, params, body }) =>
    updateTask(ctx, params.id, body),
  ),
  PUT: route({ ...update, summary: "Change a task, as clients of 2026-01 do" }, ({ ctx, params, body }) =>
    updateTask(ctx, params.id, body),
  ),
  DELETE: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Move a task to the trash",
      params: TaskParams,
      output: null,
      current: Task,
      conditional: true,
    },
    ({ ctx, params }) => deleteTask(ctx, params.id),
  ),
});
