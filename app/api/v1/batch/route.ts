import { endpoint, route } from "@/lib/api";
import { runBatch } from "@/lib/batch/batch";
import { Batch, BatchResults } from "@/lib/batch/schemas";
import { nested } from "@/lib/http/nested";
import { Task } from "@/lib/tasks/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Do several things in one request",
      description:
        "In order, and undone as one. With `atomic` all of them or none: then the first that fails is told.",
      body: Batch,
      output: BatchResults,
      current: Task,
      idempotent: true,
      errors: ["not_found", "conflict", "precondition_failed"],
    },
    ({ ctx, body, requestId }) => runBatch(ctx, body, nested(requestId)),
  ),
});
