import { endpoint, route } from "@/lib/api";
import { listAccounts } from "@/lib/auth/linked-accounts";
import { AccountList } from "@/lib/auth/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "user",
      sensitive: true,
      scope: "account:read",
      summary: "List my linked accounts",
      output: AccountList,
    },
    ({ ctx }) => listAccounts(ctx),
  ),
});
