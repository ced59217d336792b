import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Answer } from "@/lib/http/answer";
import { etagOf, isUnmodified } from "@/lib/http/conditional";
import type { Exchange } from "@/lib/http/exchange";
import { type HeaderRecord, NO_STORE, setHeaders } from "@/lib/http/headers";
import { type Policy, statusOf } from "@/lib/http/policy";
import { Reply, type ReplyExtras } from "@/lib/http/reply";
import { begun, createStream, type Part } from "@/lib/http/stream";
import { toWire } from "@/lib/keys";
import type { Write } from "@/lib/write";

export type Finish = (exchange: Exchange, result: unknown, write: Write) => Answer | Promise<Answer>;

/** Turns what a handler returned into the answer. Only what the output schema lists gets out. */
export function createOutput(policy: Policy): Finish {
  if (policy.streamed) return createStreamedOutput(policy);
  const shape = policy.output && createShape(policy.output);
  const ownStatus = statusOf(policy);

  return ({ request, headers }, result, write) => {
    const { data: returned, extras }: { data: unknown; extras: ReplyExtras } =
      result instanceof Reply ? result : { data: result, extras: {} };
    const status = extras.status ?? ownStatus;
    const data = shape && status !== 204 ? shape(returned) : undefined;
    const etag = extras.etag ?? (policy.conditional ? versionTag(data) : undefined);
    if (etag !== undefined) {
      headers.etag = etag;
      if (headers["cache-control"] === NO_STORE) headers["cache-control"] = "private, no-cache";
      if (isUnmodified(request, etag)) return { status: 304, headers, body: null };
    }
    if (status === 201 && policy.location) headers.location = fill(policy.location, data);
    if (write.changeId !== null) headers["x-change-id"] = write.changeId;
    if (write.isReplay) headers["idempotent-replayed"] = "true";
    setHeaders(headers, extras.headers);
    if (data === undefined) return { status, headers, body: null };
    return jsonAnswer(status, headers, policy.bare ? data : { success: true, data });
  };
}

function createStreamedOutput(policy: Policy): Finish {
  const write = createStream(policy.output, createShape);
  return async ({ headers }, result) => {
    const body = await begun(write(result as AsyncIterable<Part>));
    headers["content-type"] = "application/json";
    return { status: statusOf(policy), headers, body };
  };
}

/** Shapes the object that a conflict carries: it is a row like any other, with columns that are nobody's business. */
export function createCurrent({
  current,
  output,
  conditional,
  summary,
}: Policy): (thrown: unknown) => unknown {
  const schema = current ?? output;
  if (conditional && !schema) throw new Error(`"${summary}": say with current what a 412 shows.`);
  const shape = schema && createShape(schema);
  return (thrown) => {
    if (!(thrown instanceof AppError) || thrown.extras.current === undefined) return thrown;
    const shaped = shape ? shape(thrown.extras.current) : undefined;
    return new AppError(thrown.code, thrown.message, { ...thrown.extras, current: shaped });
  };
}

function createShape(schema: z.ZodType): (value: unknown) => unknown {
  const compiled = z.compile(schema);
  return (value) => {
    const result = compiled.safeParse(toWire(value));
    if (result.success) return result.data;
    const reasons = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`);
    throw new Error(`The output does not match its schema: ${reasons.join(", ")}`);
  };
}

function jsonAnswer(status: number, headers: HeaderRecord, content: unknown): Answer {
  headers["content-type"] = "application/json";
  return { status, headers, body: JSON.stringify(content) };
}

function versionTag(data: unknown): string | undefined {
  const version = memberOf(data, "version");
  return typeof version === "number" ? etagOf(version) : undefined;
}

const fill = (template: string, data: unknown) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(memberOf(data, name))));

const memberOf = (data: unknown, name: string): unknown =>
  typeof data === "object" && data !== null ? Object.getOwnPropertyDescriptor(data, name)?.value : undefined;
