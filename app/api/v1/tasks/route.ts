import { endpoint, route } from "@/lib/api";
import { listTasks } from "@/lib/tasks/list-tasks";
import { Task, TaskCreate, TaskListQuery, TaskPage } from "@/lib/tasks/schemas";
import { createTask } from "@/lib/tasks/tasks";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    { auth: "user", scope: "tasks:read", summary: "List tasks", query: TaskListQuery, output: TaskPage },
    ({ ctx, query }) => listTasks(ctx, query),
  ),
  POST: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Create a task",
      body: TaskCreate,
      output: Task,
      status: 201,
      location: "/api/v1/tasks/{id}",
      conditional: true,
      idempotent: true,
      errors: ["conflict"],
    },
    ({ ctx, body }) => createTask(ctx, body),
  ),
});
