import { endpoint, route } from "@/lib/api";
import { showSession } from "@/lib/web-session/endpoints";
import { SignedInUser } from "@/lib/web-session/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    { auth: "public", summary: "Who is signed in to this browser", output: SignedInUser, bare: true },
    ({ ctx, request }) => showSession(ctx, request),
  ),
});
