import { endpoint, route } from "@/lib/api";
import { verifyEmail } from "@/lib/auth/email";
import { AUTH_BODY_BYTES, EmailVerified, EmailVerify } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Verify an e-mail address by a mailed link",
      body: EmailVerify,
      output: EmailVerified,
      errors: ["conflict"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => verifyEmail(ctx, body),
  ),
});
