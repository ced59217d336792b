import { endpoint, route } from "@/lib/api";
import { tradeForToken } from "@/lib/web-session/endpoints";
import { AccessToken } from "@/lib/web-session/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    {
      auth: "public",
      summary: "Trade the browser's cookie for an access token",
      output: AccessToken,
      bare: true,
    },
    ({ ctx, request }) => tradeForToken(ctx, request),
  ),
});
