import { endpoint, route } from "@/lib/api";
import { unlinkAccount } from "@/lib/auth/linked-accounts";
import { AccountPath } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  DELETE: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:write",
      summary: "Unlink an account",
      params: AccountPath,
      output: null,
      errors: ["conflict"],
    },
    ({ ctx, params }) => unlinkAccount(ctx, params.provider),
  ),
});
