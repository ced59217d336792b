import { endpoint, route } from "@/lib/api";
import { changeEmail } from "@/lib/auth/email";
import { AUTH_BODY_BYTES, EmailChange } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Change my e-mail address",
      description:
        "The new address is mailed a link and becomes mine once that is followed. My own address is mailed a new link to verify it.",
      body: EmailChange,
      output: null,
      status: 202,
      errors: ["forbidden"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => changeEmail(ctx, body),
  ),
});
