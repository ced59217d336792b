import { collectDefaultMetrics, Registry } from "prom-client";
import { processWide } from "@/lib/process-wide";

function createRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

/** What this process measures of itself, from its first use on. */
export const registry = () => processWide("metrics", createRegistry);
