import { endpoint, route } from "@/lib/api";
import { purgeForScheduler } from "@/lib/jobs/cron";
import { Purged } from "@/lib/jobs/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "public",
      summary: "Remove what is kept for a time only",
      output: Purged,
      errors: ["unauthenticated"],
    },
    ({ ctx, request }) => purgeForScheduler(ctx, request.headers.get("authorization")),
  ),
});
