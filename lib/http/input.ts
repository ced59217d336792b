import { AppError } from "@/lib/errors";
import type { Params } from "@/lib/http/answer";
import { BODY_LIMIT_BYTES, readBody, requireJsonType } from "@/lib/http/body";
import { acceptedVersions, readIfMatch } from "@/lib/http/conditional";
import type { Exchange } from "@/lib/http/exchange";
import { identify, readIdempotencyKey } from "@/lib/http/idempotency";
import { isStorable, parseJson } from "@/lib/http/json";
import type { Policy } from "@/lib/http/policy";
import { parseQuery } from "@/lib/http/query";
import { targetOf } from "@/lib/http/target";
import { validate } from "@/lib/http/validate";
import { toCamel } from "@/lib/keys";
import type { Write } from "@/lib/write";

export type Input = { params: unknown; query: unknown; body: unknown; write: Write };

/** Reads a request in a fixed order, cheapest and least trusting first. */
export function createInput(policy: Policy): (exchange: Exchange) => Promise<Input> {
  const isBodyOptional = policy.body?.safeParse(undefined).success ?? true;

  return async (exchange) => {
    const { request } = exchange;
    const params = readParams(policy, exchange.params);
    const query = readQuery(policy, exchange);
    const ifMatch = policy.conditional ? readIfMatch(request) : null;
    const key = policy.idempotent ? readIdempotencyKey(request) : null;
    const bytes = await readBytes(policy, exchange);
    const body = policy.body && parseBody(policy, policy.body, bytes, isBodyOptional);
    const write: Write = {
      ifMatch: policy.conditional ? acceptedVersions(ifMatch, body) : null,
      idempotency: key === null ? null : identify(request, key, bytes),
      changeId: null,
      isReplay: false,
    };
    return { params, query, body, write };
  };
}

/** An id that cannot be is an id that is not there. */
function readParams({ params: schema }: Policy, params: Params): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(params);
  const isClean = Object.values(params).every((value) => typeof value !== "string" || isStorable(value));
  if (!result.success || !isClean) throw new AppError("not_found", "There is nothing here.");
  return result.data;
}

function readQuery({ query: schema, lenient }: Policy, { request }: Exchange): unknown {
  if (!schema) return undefined;
  const query = parseQuery(targetOf(request).search, lenient !== undefined);
  return toCamel(validate(schema, query, lenient?.malformed));
}

const NO_BYTES = new Uint8Array();

async function readBytes({ body, bodyLimitBytes }: Policy, { request }: Exchange): Promise<Uint8Array> {
  if (!body || request.body === null) return NO_BYTES;
  // Nobody names the type of a body that is not there, and a server may pass on an empty stream for it.
  const isUntyped = request.headers.get("content-type") === null;
  if (!isUntyped) requireJsonType(request);
  const bytes = await readBody(request, bodyLimitBytes ?? BODY_LIMIT_BYTES);
  if (isUntyped && bytes.length > 0) requireJsonType(request);
  return bytes;
}

function parseBody(
  { lenient }: Policy,
  schema: NonNullable<Policy["body"]>,
  bytes: Uint8Array,
  isOptional: boolean,
) {
  if (bytes.length === 0 && !isOptional) throw new AppError("malformed", "A JSON body is required.");
  const value = bytes.length === 0 ? undefined : parseJson(bytes);
  return toCamel(validate(schema, value, lenient?.malformed));
}
