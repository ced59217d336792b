import type { Attributes, Context, Link, SpanKind } from "@opentelemetry/api";
import {
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";

/**
 * So many of all traces, and those that the caller has chosen. None of Next's own: they hold whole addresses, of which some
 * are secrets, and what errors say.
 */
export function createSampler(ratio: number): Sampler {
  const ours = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  return {
    shouldSample: (
      parent: Context,
      traceId: string,
      name: string,
      kind: SpanKind,
      attributes: Attributes,
      links: Link[],
    ) =>
      "next.span_type" in attributes
        ? { decision: SamplingDecision.NOT_RECORD }
        : ours.shouldSample(parent, traceId, name, kind, attributes, links),
    toString: () => `Fourfold{${ratio}}`,
  };
}
