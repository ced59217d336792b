import { endpoint, route } from "@/lib/api";
import { TrashPage, TrashQuery } from "@/lib/trash/schemas";
import { listTrash } from "@/lib/trash/trash";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    { auth: "user", scope: "tasks:read", summary: "List the trash", query: TrashQuery, output: TrashPage },
    ({ ctx, query }) => listTrash(ctx, query),
  ),
});
