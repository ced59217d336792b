import { endpoint, route } from "@/lib/api";
import { listEvents } from "@/lib/auth/events";
import { EventPage, EventQuery } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:read",
      summary: "List what happened to my account",
      query: EventQuery,
      output: EventPage,
    },
    ({ ctx, query }) => listEvents(ctx, query),
  ),
});
