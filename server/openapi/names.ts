import type { Operation } from "../manifest";

/** `/api/v1/tasks/{id}/complete` → tasks */
export const nounOf = (pattern: string) => (wordsOf(pattern)[0] ?? "").replace(/\..*$/, "");

/** Noun and verb, as the client calls it: `tasks.list`, `tasks.complete`, `health.getDb`. */
export function operationIdOf(operation: Operation): string {
  const [, ...rest] = wordsOf(operation.pattern);
  return `${nounOf(operation.pattern)}.${rest.length > 0 ? verbOf(operation, rest) : plainVerbOf(operation)}`;
}

const wordsOf = (pattern: string) =>
  pattern
    .replace(/^\/api\/v1/, "")
    .split("/")
    .filter((segment) => segment !== "" && !segment.startsWith("{"));

const PREFIXES = { GET: "get", PUT: "put", DELETE: "delete", POST: "", PATCH: "" };

const verbOf = ({ method }: Operation, rest: readonly string[]) =>
  camel([PREFIXES[method], ...rest].filter(Boolean).join("-"));

const VERBS = { POST: "create", PUT: "put", PATCH: "update", DELETE: "delete" };

function plainVerbOf({ method, policy }: Operation): string {
  if (method !== "GET") return VERBS[method];
  return policy.query && "limit" in policy.query.shape ? "list" : "get";
}

const camel = (text: string) => text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
