import { endpoint, route } from "@/lib/api";
import { ChangeParams, Undone } from "@/lib/changes/schemas";
import { undoChange } from "@/lib/changes/undo-change";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      scope: "tasks:write",
      summary: "Undo a change",
      description:
        "Puts the fields back as they were before, if they still have the values that the change gave them: otherwise 409 names those that differ. Undo is a change itself and can be undone.",
      params: ChangeParams,
      output: Undone,
      idempotent: true,
      errors: ["conflict"],
    },
    ({ ctx, params }) => undoChange(ctx, params.id),
  ),
});
