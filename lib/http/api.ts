import { respondWith } from "@/lib/http/answer";
import { createEndpoint, createNotFound, createRefusal } from "@/lib/http/endpoint";
import { createExchange, type Step, type Surroundings } from "@/lib/http/exchange";
import { type Bindings, createRoute, type Principal } from "@/lib/http/route";

/** The pipeline, bound once to who authenticates, what handlers work with, and where errors and logs go. */
export function createApi<Actor extends Principal, UserContext, PublicContext>(
  bindings: Bindings<Actor, UserContext, PublicContext> & Surroundings,
) {
  const createAnswering = createExchange(bindings);
  return {
    route: createRoute(bindings, createAnswering),
    /** For what has no policy, as it is no part of the API: it answers in its own way. */
    plain: (step: Step) => respondWith(createAnswering({}, step)),
    endpoint: createEndpoint(createAnswering),
    notFound: createNotFound(createAnswering),
    refusal: createRefusal(createAnswering),
  };
}
