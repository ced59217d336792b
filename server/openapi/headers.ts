import type { Header, Parameter, Ref } from "./document";

const text = { type: "string" } as const;

export const headers: Record<string, Header> = {
  "X-Request-Id": { description: "Names the request: the caller's, if it sent one", schema: text },
  ETag: { description: "The version of the object, in quotes", schema: { ...text, examples: ['"3"'] } },
  Location: { description: "The path of the new object", schema: text },
  "X-Change-Id": {
    description: "The change that was made; absent when nothing changed",
    schema: { ...text, format: "uuid" },
  },
  "Idempotent-Replayed": {
    description: "`true` when an earlier request with this key has done the work already",
    schema: { ...text, enum: ["true"] },
  },
  "Retry-After": { description: "Seconds to wait", schema: { type: "integer", minimum: 1 } },
  "RateLimit-Policy": {
    description: "How many requests in how many seconds",
    schema: { ...text, examples: ['"api";q=600;w=60'] },
  },
  RateLimit: {
    description: "How many are left, and the seconds until all are",
    schema: { ...text, examples: ['"api";r=599;t=60'] },
  },
  "WWW-Authenticate": { description: "The scheme, and the scope that is missing", schema: text },
};

export const requestHeaders: Record<string, Parameter> = {
  IfMatch: {
    name: "If-Match",
    in: "header",
    description: "The ETag that may be written over: any other version answers 412 with the current object",
    schema: { ...text, examples: ['"3"'] },
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The ETag that is known: the same version answers 304",
    schema: { ...text, examples: ['"3"'] },
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description:
      "Makes it safe to repeat the request: for 24 hours the same key and body give the first success again",
    schema: { ...text, minLength: 1, maxLength: 255 },
  },
};

export function headerRefs(...names: (string | false | undefined)[]): Record<string, Ref> {
  return Object.fromEntries(
    names.flatMap((name) => (name ? [[name, { $ref: `#/components/headers/${name}` }]] : [])),
  );
}
