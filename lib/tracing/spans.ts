import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { env } from "@/lib/env";

type Headers = { get(name: string): string | null };

const headerGetter = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: () => [],
};

const tracer = trace.getTracer("fourfold");

/** One for each request. The caller's own trace goes on in it, and whatever the framework may have begun does not. */
function traceRequest<T>(
  { method, headers }: { method: string; headers: Headers },
  answer: () => Promise<T>,
): Promise<T> {
  const parent = propagation.extract(ROOT_CONTEXT, headers, headerGetter);
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
  return inside(parent, span, answer);
}

type Told = { method: string; route: string; status: number; error_code?: string };

/** What is known of a request when it has its answer. An address, an id or what an error says is not told. */
function nameRequest({ method, route, status, error_code: code }: Told): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  span.updateName(`${method} ${route}`);
  span.setAttributes({
    "http.request.method": method,
    "http.route": route,
    "http.response.status_code": status,
  });
  if (status < 500) return;
  span.setAttribute("error.type", code ?? String(status));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** One for each statement of a request, without the parameters; what nobody asked for is not traced. */
function traceStatement<T>(text: string, run: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return run();
  const parent = context.active();
  const operation = /\w+/.exec(text)?.[0].toUpperCase() ?? "SQL";
  const attributes = { "db.system.name": "postgresql", "db.query.text": text };
  const span = tracer.startSpan(operation, { kind: SpanKind.CLIENT, attributes }, parent);
  return inside(parent, span, run);
}

async function inside<T>(parent: Context, span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span.setAttribute("error.type", codeOf(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** A message of the database's would hold values. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "_OTHER";
}

/** Undefined where nobody collects them. */
export const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT
  ? { traceRequest, nameRequest, traceStatement }
  : undefined;
