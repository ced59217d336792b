import { endpoint, route } from "@/lib/api";
import { SessionList } from "@/lib/auth/schemas";
import { listSessions } from "@/lib/auth/sessions";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    { auth: "user", sensitive: true, scope: "account:read", summary: "List my devices", output: SessionList },
    ({ ctx }) => listSessions(ctx),
  ),
});
