import * as v1 from "@/app/api/v1/tasks/route";
import { endpoint, route } from "@/lib/api";
import { LegacyTaskCreate, LegacyTaskListQuery } from "@/lib/tasks/legacy-schemas";
import { listTasks } from "@/lib/tasks/list-tasks";
import { createTask } from "@/lib/tasks/tasks";
import { legacy } from "./legacy";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route({ ...v1.GET.policy, ...legacy, query: LegacyTaskListQuery }, ({ ctx, query }) =>
    listTasks(ctx, query),
  ),
  POST: route({ ...v1.POST.policy, ...legacy, body: LegacyTaskCreate }, ({ ctx, body }) =>
    createTask(ctx, body),
  ),
});
