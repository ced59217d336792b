import { readings } from "@/lib/metrics/readings";
import { recordRequest } from "@/lib/metrics/requests";
import { metricsText } from "@/lib/metrics/text";
import { shareMetrics } from "@/server/cluster-metrics";

/** One of several processes: answers so many requests, or is asked for metrics, as the test says. */
export type Order = { requests: number } | { wanted: true };

readings();
shareMetrics();
process.on("message", async (order: Order) => {
  if ("wanted" in order) process.send?.({ text: await metricsText() });
  if (!("requests" in order)) return;
  const line = { request_id: "r", method: "GET", route: "/api/v1/tasks", status: 200, duration_ms: 3 };
  for (let count = 0; count < order.requests; count += 1) recordRequest?.(line);
  process.send?.({ recorded: order.requests });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ ready: true });
