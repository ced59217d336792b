import { endpoint, route } from "@/lib/api";
import { changePassword } from "@/lib/auth/password";
import { AUTH_BODY_BYTES, PasswordChange } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Change my password",
      description: "Every other device is signed out.",
      body: PasswordChange,
      output: null,
      errors: ["forbidden"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => changePassword(ctx, body),
  ),
});
