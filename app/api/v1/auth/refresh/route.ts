import { endpoint, route } from "@/lib/api";
import { refresh } from "@/lib/auth/refresh";
import { AUTH_BODY_BYTES, Grant, Refresh } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Trade a refresh token for the next",
      description:
        "Every refresh token works once; for 30 s a repeated request gets the same answer. One that was traded longer ago ends the session.",
      body: Refresh,
      output: Grant,
      errors: ["unauthenticated"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => refresh(ctx, body),
  ),
});
