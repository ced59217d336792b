import { endpoint, route } from "@/lib/api";
import { reply } from "@/lib/http/reply";
import { SyncPage, SyncQuery } from "@/lib/sync/schemas";
import { syncChanges } from "@/lib/sync/sync";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "user",
      scope: "tasks:read",
      summary: "What has changed",
      description:
        "Applying every answer in order, from no token on, ends in the state of the server. A token is good for as long as every change after it is kept, 45 days at least.",
      query: SyncQuery,
      output: SyncPage,
      errors: ["sync_token_expired"],
    },
    async ({ ctx, query, request }) => {
      const { page, etag } = await syncChanges(ctx, query, request.signal);
      return reply(page, { etag });
    },
  ),
});
