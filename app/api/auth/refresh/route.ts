import { endpoint, route } from "@/lib/api";
import { reply } from "@/lib/http/reply";
import { cookieHeader } from "@/lib/web-session/cookie";
import { renewCookie } from "@/lib/web-session/endpoints";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  POST: route(
    { auth: "public", summary: "Trade the browser's cookie for the next one", output: null, bare: true },
    async ({ ctx, request }) => {
      const next = await renewCookie(ctx, request);
      return reply(null, { headers: next && { "set-cookie": cookieHeader(next.value, next.expiresAt) } });
    },
  ),
});
