import { endpoint, route } from "@/lib/api";
import { authStatus } from "@/lib/auth/status";
import { AuthOperational } from "@/lib/health/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "public",
      summary: "Whether a token can be signed and verified",
      output: AuthOperational,
      bare: true,
      unlimited: true,
    },
    () => authStatus(),
  ),
});
