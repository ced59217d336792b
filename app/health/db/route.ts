import { endpoint, route } from "@/lib/api";
import { databaseStatus } from "@/lib/health/health";
import { DatabaseConnected } from "@/lib/health/schemas";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "public",
      summary: "Whether the database answers",
      output: DatabaseConnected,
      bare: true,
      unlimited: true,
    },
    ({ ctx }) => databaseStatus(ctx),
  ),
});
