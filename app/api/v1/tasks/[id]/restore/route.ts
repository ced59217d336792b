import { endpoint, route } from "@/lib/api";
import { Task, TaskParams } from "@/lib/tasks/schemas";
import { restoreTask } from "@/lib/tasks/tasks";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Restore a task from the trash",
      params: TaskParams,
      output: Task,
      conditional: true,
      idempotent: true,
    },
    ({ ctx, params }) => restoreTask(ctx, params.id),
  ),
});
