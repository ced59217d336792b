import { endpoint, route } from "@/lib/api";
import { exportAll } from "@/lib/export/export";
import { Export } from "@/lib/export/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:read",
      summary: "Take everything along",
      description:
        "All that is kept of me, as it is at one moment. An answer that ends early is not valid JSON.",
      output: Export,
      streamed: true,
      headers: { "content-disposition": 'attachment; filename="fourfold.json"' },
    },
    ({ ctx }) => exportAll(ctx),
  ),
});
