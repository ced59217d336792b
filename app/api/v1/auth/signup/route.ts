import { endpoint, route } from "@/lib/api";
import { AUTH_BODY_BYTES, SignedIn, SignUp } from "@/lib/auth/schemas";
import { join } from "@/lib/auth/sign-up";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Create an account",
      body: SignUp,
      output: SignedIn,
      status: 201,
      errors: ["conflict", "forbidden"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => join(ctx, body),
  ),
});
