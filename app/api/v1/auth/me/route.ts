import { endpoint, route } from "@/lib/api";
import { deleteUser } from "@/lib/auth/deletion";
import { getProfile, updateProfile } from "@/lib/auth/profile";
import { AUTH_BODY_BYTES, Profile, ProfileChange, ProfileDelete } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    { auth: "user", sensitive: true, scope: "account:read", summary: "Who I am", output: Profile },
    ({ ctx }) => getProfile(ctx),
  ),
  PATCH: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Change my profile",
      body: ProfileChange,
      output: Profile,
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => updateProfile(ctx, body),
  ),
  DELETE: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Delete my account",
      description:
        "For good, with everything on the board. Send the password, or sign in at most 5 minutes before.",
      body: ProfileDelete,
      output: null,
      errors: ["forbidden"],
      bodyLimitBytes: AUTH_BODY_BYTES,
    },
    ({ ctx, body }) => deleteUser(ctx, body),
  ),
});
