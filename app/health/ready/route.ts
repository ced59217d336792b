import { endpoint, route } from "@/lib/api";
import { readiness } from "@/lib/health/health";
import { Ready } from "@/lib/health/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "public",
      summary: "Whether a load balancer may send requests here",
      output: Ready,
      bare: true,
      unlimited: true,
    },
    ({ ctx }) => readiness(ctx),
  ),
});
