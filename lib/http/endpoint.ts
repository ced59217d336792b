import { AppError } from "@/lib/errors";
import { type Answering, type RouteFunction, respondWith, withoutBody } from "@/lib/http/answer";
import { allowPreflight } from "@/lib/http/cors";
import type { CreateAnswering } from "@/lib/http/exchange";
import { UNKNOWN_ROUTE } from "@/lib/http/target";

type RoutedMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Routes = Partial<Record<RoutedMethod, RouteFunction>>;

export type Endpoint<R extends Routes = Routes> = {
  [M in RoutedMethod]: R[M] extends RouteFunction ? R[M] : RouteFunction;
} & Record<"HEAD" | "OPTIONS", RouteFunction>;

export type CreateRefusal = (allow: readonly string[]) => Answering;

/** For the methods that a path does not have. */
export function createRefusal(createAnswering: CreateAnswering): CreateRefusal {
  return (allow) =>
    createAnswering({}, ({ request }) => {
      // What is told of an answer to HEAD, its length too, is what GET would be told.
      const method = request.method === "HEAD" ? "GET" : request.method;
      throw new AppError("method_not_allowed", `${method} is not possible here.`, { allow: [...allow] });
    });
}

/** Every method of a path: those without a route of their own answer 405, HEAD as GET does, and OPTIONS says what there is. */
export function createEndpoint(createAnswering: CreateAnswering) {
  const refusal = createRefusal(createAnswering);
  return function endpoint<const R extends Routes>(routes: R): Endpoint<R> {
    const allow = allowedBy(Object.keys(routes));
    const missing = refusal(allow);
    const options = createAnswering({ headers: { allow: allow.join(", ") } }, ({ request, headers }) => {
      allowPreflight(headers, request, allow.join(", "));
      return { status: 204, headers, body: null };
    });
    const refuse = respondWith(missing);
    const rest = { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
    const HEAD = respondWith(withoutBody(routes.GET?.answer ?? missing));
    return { ...rest, ...routes, HEAD, OPTIONS: respondWith(options) } as Endpoint<R>;
  };
}

export const allowedBy = (methods: readonly string[]): string[] => [
  ...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : method)),
  "OPTIONS",
];

/** For the catch-all of unknown paths: Next's own 404 is a page. */
export function createNotFound(createAnswering: CreateAnswering): Endpoint {
  const answer = createAnswering({ route: UNKNOWN_ROUTE }, () => {
    throw new AppError("not_found", "There is nothing here.");
  });
  const missing = respondWith(answer);
  return {
    GET: missing,
    POST: missing,
    PUT: missing,
    PATCH: missing,
    DELETE: missing,
    HEAD: respondWith(withoutBody(answer)),
    OPTIONS: missing,
  };
}
