import { processWide } from "@/lib/process-wide";
import { registry } from "./registry";

/** The exposition, as text. */
export type MetricsSource = () => Promise<string>;

const source = processWide("metrics source", (): { read: MetricsSource } => ({
  read: () => registry().metrics(),
}));

export const metricsText: MetricsSource = () => source.read();

/** One process of several shows the sum of all. */
export function setMetricsSource(read: MetricsSource): void {
  source.read = read;
}
