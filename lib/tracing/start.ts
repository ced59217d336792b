import { ProxyTracerProvider, trace } from "@opentelemetry/api";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";

/** Longer than a collector that is well takes, and short enough for the end of a process. */
const FLUSH_MS = 2_000;

/** Once in a process, though our server and Next both begin with it; where nobody collects traces nothing is loaded. */
export const startTracing = (): Promise<void> => processWide("tracing", start);

async function start(): Promise<void> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  const { registerOTel } = await import("@vercel/otel");
  const { createSampler } = await import("./sampler");
  registerOTel({
    serviceName: env.OTEL_SERVICE_NAME,
    traceSampler: createSampler(env.OTEL_TRACES_SAMPLER_ARG),
    // Requests that go out hold what is asked for in their address.
    instrumentations: [],
  });
}

/** Sends what is not sent yet, as far as that is possible in a moment. */
export async function flushTraces(): Promise<void> {
  const provider = trace.getTracerProvider();
  const delegate = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  if (!("forceFlush" in delegate) || typeof delegate.forceFlush !== "function") return;
  const flushed: Promise<void> = delegate.forceFlush();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FLUSH_MS);
  });
  await Promise.race([flushed.catch(() => {}), late]);
  clearTimeout(timer);
}
