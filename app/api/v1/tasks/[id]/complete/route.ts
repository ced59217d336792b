import { endpoint, route } from "@/lib/api";
import { Task, TaskComplete, TaskParams } from "@/lib/tasks/schemas";
import { completeTask } from "@/lib/tasks/tasks";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  PATCH: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Complete a task, or open it again",
      params: TaskParams,
      body: TaskComplete,
      output: Task,
      conditional: true,
      idempotent: true,
    },
    ({ ctx, params, body }) => completeTask(ctx, params.id, body.completed),
  ),
});
