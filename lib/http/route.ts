import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { type Incoming, type RouteFunction, respondWith } from "@/lib/http/answer";
import type { CreateAnswering, Exchange } from "@/lib/http/exchange";
import { createInput } from "@/lib/http/input";
import { createCurrent, createOutput } from "@/lib/http/output";
import type { Handler, HandlerInput, Policy } from "@/lib/http/policy";
import type { Limit } from "@/lib/http/rate-limit";
import { ignoresUnknownMembers, ignoringUnknownMembers } from "@/lib/http/unknown-members";
import type { Write } from "@/lib/write";

export type Principal = { readonly userId: string; readonly scopes: readonly string[] };

/** Who is asking, and what the handlers get to work with: all that the pipeline does not know itself. */
export type Bindings<Actor extends Principal, UserContext, PublicContext> = {
  /** Throws `unauthenticated`. */
  authenticate: (request: Incoming, policy: Policy) => Actor | Promise<Actor>;
  limit: Limit;
  userContext: (actor: Actor, write: Write, request: Incoming) => UserContext;
  publicContext: (write: Write, request: Incoming) => PublicContext;
};

export type Route<P extends Policy, UserContext, PublicContext> = RouteFunction & {
  readonly policy: P;
  readonly handler: Handler<P, UserContext, PublicContext>;
};

export function createRoute<Actor extends Principal, UserContext, PublicContext>(
  { authenticate, limit, userContext, publicContext }: Bindings<Actor, UserContext, PublicContext>,
  createAnswering: CreateAnswering,
) {
  const admit = createAdmission({ authenticate, limit });

  return function route<const P extends Policy<Actor["scopes"][number]>>(
    given: P,
    handler: Handler<P, UserContext, PublicContext>,
  ): Route<P, UserContext, PublicContext> {
    const policy = withTreatmentOfUnknown(given);
    const readInput = createInput(policy);
    const finish = createOutput(policy);
    const withCurrent = createCurrent(policy);

    const answer = createAnswering({ headers: policy.headers }, async (exchange) => {
      const { request, requestId } = exchange;
      const actor = await admit(exchange, policy);
      if (actor && policy.scope !== undefined) requireScope(actor, policy.scope);
      const { params, query, body, write } = await readInput(exchange);
      const ctx = actor ? userContext(actor, write, request) : publicContext(write, request);
      // The schemas of P have just parsed the input; the compiler cannot follow a schema from a value to its type.
      const input = { ctx, params, query, body, request, requestId };
      const parsed = input as HandlerInput<P, UserContext, PublicContext>;
      const result = await attempt(() => handler(parsed), withCurrent);
      return finish(exchange, result, write);
    });

    return Object.assign(respondWith(answer), { policy, handler });
  };
}

/** Unknown members are refused by name, and no endpoint can forget it; legacy ones ignore them, nested ones aside. */
function withTreatmentOfUnknown<P extends Policy>(policy: P): P {
  const { query, body, lenient, summary } = policy;
  const treat = <S extends z.ZodType>(schema: S): S => {
    if (lenient) return ignoringUnknownMembers(schema);
    if (ignoresUnknownMembers(schema)) throw new Error(`"${summary}": make its input a z.strictObject.`);
    return schema;
  };
  return { ...policy, ...(query && { query: treat(query) }), ...(body && { body: treat(body) }) };
}

function requireScope({ scopes }: Principal, scope: string): void {
  if (!scopes.includes(scope))
    throw new AppError("insufficient_scope", `This needs the scope ${scope}.`, { scope });
}

async function attempt<T>(call: () => T | Promise<T>, explain: (thrown: unknown) => unknown): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw explain(thrown);
  }
}

/** A user counts as one wherever he is; who fails to be one counts for the place where the request comes from. */
function createAdmission<Actor extends Principal>({
  authenticate,
  limit,
}: Pick<Bindings<Actor, unknown, unknown>, "authenticate" | "limit">) {
  return async (exchange: Exchange, policy: Policy): Promise<Actor | undefined> => {
    const { request, headers } = exchange;
    const count = (userId?: string) => policy.unlimited || limit(request, userId, headers);
    if (policy.auth === "public") {
      count();
      return undefined;
    }
    const actor = await attempt(
      () => authenticate(request, policy),
      (thrown) => {
        count();
        return thrown;
      },
    );
    exchange.userId = actor.userId;
    count(actor.userId);
    return actor;
  };
}
