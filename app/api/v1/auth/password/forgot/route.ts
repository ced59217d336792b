import { endpoint, route } from "@/lib/api";
import { requestPasswordReset } from "@/lib/auth/recovery";
import { AUTH_BODY_BYTES, PasswordForgot } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Ask for a link to reset the password",
      description: "Answers the same whether there is such an account or not.",
      body: PasswordForgot,
      output: null,
      status: 202,
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => requestPasswordReset(ctx, body),
  ),
});
