import { createEndpoint, createNotFound, createRefusal } from "@/lib/http/endpoint";
import { createExchange, type Surroundings } from "@/lib/http/exchange";
import { type Bindings, createRoute, type Principal } from "@/lib/http/route";

/** The pipeline, bound once to who authenticates, what handlers work with, and where errors and logs go. */
export function createApi<Actor extends Principal, UserContext, PublicContext>(
  bindings: Bindings<Actor, UserContext, PublicContext> & Surroundings,
) {
  const createAnswering = createExchange(bindings);
  return {
    route: createRoute(bindings, createAnswering),
    endpoint: createEndpoint(createAnswering),
    notFound: createNotFound(createAnswering),
    refusal: createRefusal(createAnswering),
  };
}
