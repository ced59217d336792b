import { endpoint, route } from "@/lib/api";
import { healthy } from "@/lib/health/health";
import { Healthy } from "@/lib/health/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    { auth: "public", summary: "Whether the process answers", output: Healthy, bare: true, unlimited: true },
    () => healthy(),
  ),
});
