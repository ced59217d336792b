import type { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import type { Incoming } from "@/lib/http/answer";
import type { HeaderRecord } from "@/lib/http/headers";
import type { Reply } from "@/lib/http/reply";
import type { Part } from "@/lib/http/stream";
import type { Camel, Domain } from "@/lib/keys";

/** Everything that is to be known about an endpoint. All schemas are in wire form: snake_case, JSON types. */
export type Policy<Scope extends string = string> = {
  auth: "user" | "public";
  scope?: Scope;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Null answers 204. */
  output: z.ZodType | null;
  status?: 200 | 201 | 202 | 204;
  /** The object under `current` in a 409 or 412, when it is not the output. */
  current?: z.ZodType;
  /** Of a 201: `/api/v1/tasks/{id}`, filled from the data. */
  location?: `/${string}`;
  /** Codes that the handler throws itself, beside those that follow from the rest: see `errorCodesOf`. */
  errors?: readonly ErrorCode[];
  /** The data's `version` is the ETag; reads honour If-None-Match and writes If-Match. */
  conditional?: boolean;
  /** Honours Idempotency-Key. */
  idempotent?: boolean;
  bodyLimitBytes?: number;
  /** Legacy: unknown members and parameters are ignored; bad values of the named ones are 400, not 422. */
  lenient?: { malformed: readonly string[] };
  /** The handler returns the parts of the output one after the other, and they are sent as they come. */
  streamed?: boolean;
  /** Answers without the envelope. */
  bare?: boolean;
  headers?: Readonly<HeaderRecord>;
  /** The session is read from the database, so that a revoked one is refused at once. */
  sensitive?: boolean;
  /** Not counted: for those who ask every few seconds whether the service is well. */
  unlimited?: boolean;
};

type Parsed<P, Part extends string> =
  P extends Record<Part, infer S extends z.ZodType> ? Camel<z.output<S>> : undefined;

export type HandlerInput<P extends Policy, UserContext, PublicContext> = {
  ctx: P["auth"] extends "user" ? UserContext : PublicContext;
  params: P extends { params: infer S extends z.ZodType } ? z.output<S> : undefined;
  query: Parsed<P, "query">;
  body: Parsed<P, "body">;
  request: Incoming;
  requestId: string;
};

type Result<P extends Policy> = P extends { streamed: true }
  ? AsyncIterable<Part>
  : P["output"] extends z.ZodType
    ? Domain<z.input<P["output"]>>
    : unknown;

export type Handler<P extends Policy, UserContext, PublicContext> = (
  input: HandlerInput<P, UserContext, PublicContext>,
) => Result<P> | Reply<Result<P>> | Promise<Result<P> | Reply<Result<P>>>;

export const statusOf = ({ status, output }: Policy) => status ?? (output === null ? 204 : 200);

/** Every code that an endpoint may answer with, for those who describe or try it. */
export function errorCodesOf(policy: Policy, method: string): ErrorCode[] {
  const isWriteOver = policy.params !== undefined && method !== "GET" && method !== "HEAD";
  const codes: (ErrorCode | false | undefined)[] = [
    (policy.body || policy.lenient || policy.query) && "malformed",
    policy.auth === "user" && "unauthenticated",
    policy.scope !== undefined && "insufficient_scope",
    policy.params && "not_found",
    policy.idempotent && "idempotency_in_progress",
    policy.conditional && isWriteOver && "precondition_failed",
    policy.body && "too_large",
    policy.body && "unsupported_media_type",
    (policy.body || policy.query || policy.idempotent || (policy.conditional && isWriteOver)) && "invalid",
    policy.idempotent && "idempotency_key_reused",
    ...(policy.errors ?? []),
    !policy.unlimited && "rate_limited",
    "internal",
    "unavailable",
  ];
  return [...new Set(codes.filter((code) => code !== false && code !== undefined))];
}
