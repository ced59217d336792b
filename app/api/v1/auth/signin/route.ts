import { endpoint, route } from "@/lib/api";
import { AUTH_BODY_BYTES, SignedIn, SignIn } from "@/lib/auth/schemas";
import { signIn } from "@/lib/auth/sign-in";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Sign in",
      body: SignIn,
      output: SignedIn,
      errors: ["unauthenticated"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => signIn(ctx, body),
  ),
});
