import { endpoint, plain } from "@/lib/api";
import { showMetrics } from "@/lib/metrics/show";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({ GET: plain(showMetrics) });
