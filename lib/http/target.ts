import type { Incoming, Params } from "@/lib/http/answer";

/** Path and query of a URL that has been parsed once already, by whoever made the request. */
export function targetOf({ url }: Pick<Incoming, "url">): { pathname: string; search: string } {
  const start = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("://") + 3);
  const question = url.indexOf("?", start);
  return question < 0
    ? { pathname: url.slice(start), search: "" }
    : { pathname: url.slice(start, question), search: url.slice(question) };
}

/** In place of a raw path, which may hold anything. */
export const UNKNOWN_ROUTE = "unknown";

/** `/tasks/0190…` with `{ id: "0190…" }` → `/tasks/{id}`: what logs and idempotency keys call the endpoint. */
export function patternOf(pathname: string, params: Params): string {
  let pattern = pathname;
  for (const name of Object.keys(params).reverse()) {
    const value = params[name];
    if (typeof value !== "string") return UNKNOWN_ROUTE;
    const replaced = replaceSegment(pattern, value, name);
    if (replaced === undefined) return UNKNOWN_ROUTE;
    pattern = replaced;
  }
  return pattern;
}

function replaceSegment(path: string, segment: string, name: string): string | undefined {
  const start = path.lastIndexOf(`/${segment}`) + 1;
  const rest = path.slice(start + segment.length);
  if (start === 0 || (rest !== "" && !rest.startsWith("/"))) return undefined;
  return `${path.slice(0, start)}{${name}}${rest}`;
}
