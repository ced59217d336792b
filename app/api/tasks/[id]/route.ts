import * as v1 from "@/app/api/v1/tasks/[id]/route";
import { endpoint, route } from "@/lib/api";
import { LegacyTaskUpdate } from "@/lib/tasks/legacy-schemas";
import { updateTask } from "@/lib/tasks/tasks";
import { legacy } from "../legacy";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route({ ...v1.GET.policy, ...legacy }, v1.GET.handler),
  PATCH: route({ ...v1.PATCH.policy, ...legacy, body: LegacyTaskUpdate }, ({ ctx, params, body }) =>
    updateTask(ctx, params.id, body),
  ),
  PUT: route({ ...v1.PUT.policy, ...legacy, body: LegacyTaskUpdate }, ({ ctx, params, body }) =>
    updateTask(ctx, params.id, body),
  ),
  DELETE: route({ ...v1.DELETE.policy, ...legacy }, v1.DELETE.handler),
});
