import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Answer } from "@/lib/http/answer";
import type { Exchange } from "@/lib/http/exchange";
import { isSameSecret } from "@/lib/same-secret";
import { readings } from "./readings";
import { metricsText } from "./text";

// Before anybody asks: the other processes of a cluster are asked through one of them.
if (env.METRICS_TOKEN) readings();

/** For the operator's Prometheus, which shows a secret of its own. */
export async function showMetrics({ request, headers }: Exchange): Promise<Answer> {
  if (!env.METRICS_TOKEN) throw new AppError("not_found", "There is nothing here.");
  if (!isSameSecret(request.headers.get("authorization") ?? "", `Bearer ${env.METRICS_TOKEN}`))
    throw new AppError("unauthenticated", "The secret is wrong.");
  headers["content-type"] = readings().contentType;
  return { status: 200, headers, body: await metricsText() };
}
