import { endpoint, route } from "@/lib/api";
import { Task, TaskParams } from "@/lib/tasks/schemas";
import { purgeTask } from "@/lib/trash/trash";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  DELETE: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Delete a task for good",
      description: "Only from the trash, and not to be undone.",
      params: TaskParams,
      output: null,
      current: Task,
      conditional: true,
    },
    ({ ctx, params }) => purgeTask(ctx, params.id),
  ),
});
