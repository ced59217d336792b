import { endpoint, route } from "@/lib/api";
import { AUTH_BODY_BYTES, SignedOut, SignOut } from "@/lib/auth/schemas";
import { signOut } from "@/lib/auth/sign-out";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Sign out",
      body: SignOut,
      output: SignedOut,
      bare: true,
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => signOut(ctx, body),
  ),
});
