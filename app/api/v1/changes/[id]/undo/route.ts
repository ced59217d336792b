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
        "Puts the fields back as they were before, unless a later change touched one of them: then 409 names it. Undo is a change itself and can be undone.",
      params: ChangeParams,
      output: Undone,
      idempotent: true,
      errors: ["conflict"],
    },
    ({ ctx, params }) => undoChange(ctx, params.id),
  ),
});
