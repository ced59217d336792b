import { endpoint, route } from "@/lib/api";
import { SessionPath } from "@/lib/auth/schemas";
import { endSession } from "@/lib/auth/sessions";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  DELETE: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Sign a device out",
      params: SessionPath,
      output: null,
    },
    ({ ctx, params }) => endSession(ctx, params.id),
  ),
});
