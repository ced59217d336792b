import { endpoint, route } from "@/lib/api";
import { resetPassword } from "@/lib/auth/recovery";
import { AUTH_BODY_BYTES, PasswordReset } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Set a password by a mailed link",
      description: "Every device is signed out.",
      body: PasswordReset,
      output: null,
      errors: ["forbidden"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => resetPassword(ctx, body),
  ),
});
