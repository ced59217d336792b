import { endpoint, route } from "@/lib/api";
import { quickAddTask } from "@/lib/quick-add/quick-add";
import { QuickAdd, QuickAdded } from "@/lib/quick-add/schemas";
import { Task } from "@/lib/tasks/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Create a task from a line of text",
      description:
        "A quadrant (`!1` to `!4`, `!do`, `!schedule`, `!delegate`, `!drop`, `!u`, `!i`, `!ui`; `!0` leaves it unsorted) and a due date in English (`tomorrow`, `fri 5pm`, `in 2 weeks`, `by end of month`, `3 nov 14:30`, `+3d`, `2026-11-03`) are taken out of the text; the rest is the title. Quotes and a backslash keep words as they are. The status of a dry run is the same.",
      body: QuickAdd,
      output: QuickAdded,
      status: 201,
      current: Task,
      idempotent: true,
      errors: ["conflict"],
    },
    ({ ctx, body }) => quickAddTask(ctx, body),
  ),
});
