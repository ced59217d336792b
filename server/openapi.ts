import type { z } from "zod";
import { errorCodesOf, type Policy, statusOf } from "@/lib/http/policy";
import { isLegacy, type Operation, operations } from "./manifest";
import { about, securitySchemes } from "./openapi/about";
import type { Document, OperationObject, Parameter, Ref, ResponseObject } from "./openapi/document";
import { exampleOf } from "./openapi/examples";
import { headerRefs, headers, requestHeaders } from "./openapi/headers";
import { nounOf, operationIdOf } from "./openapi/names";
import { problemResponses, problemSchema } from "./openapi/problems";
import { createSchemas, type Schema } from "./openapi/schemas";

const TITLES: Record<number, string> = {
  200: "Done",
  201: "Created",
  202: "Accepted; it is done after the answer",
  204: "Done; there is nothing to say",
};

/** The OpenAPI document of everything that is not a legacy alias. */
export function describeApi(all: readonly Operation[] = operations): Document {
  const schemas = createSchemas();
  schemas.add("Problem", problemSchema);
  const responses: Document["components"]["responses"] = {};
  const paths: Document["paths"] = {};
  const described = all.filter((operation) => !isLegacy(operation));
  for (const operation of described) {
    const method = operation.method.toLowerCase();
    paths[operation.pattern] = {
      ...paths[operation.pattern],
      [method]: describe(operation, schemas, responses),
    };
  }
  return {
    openapi: "3.1.1",
    info: about,
    servers: [{ url: "/" }],
    tags: [...new Set(described.map(({ pattern }) => nounOf(pattern)))].map((name) => ({ name })),
    paths,
    components: {
      schemas: sorted(schemas.components),
      responses: sorted(responses),
      parameters: requestHeaders,
      headers,
      securitySchemes,
    },
  };
}

type Schemas = ReturnType<typeof createSchemas>;

function describe(
  operation: Operation,
  schemas: Schemas,
  responses: Document["components"]["responses"],
): OperationObject {
  const { pattern, method, policy } = operation;
  const problems = problemResponses(errorCodesOf(policy, method));
  for (const { name, response } of problems.values()) responses[name] = response;
  return {
    operationId: operationIdOf(operation),
    summary: policy.summary,
    ...(policy.description && { description: policy.description }),
    tags: [nounOf(pattern)],
    security: policy.auth === "user" ? [{ bearer: policy.scope === undefined ? [] : [policy.scope] }] : [],
    parameters: parametersOf(operation, schemas),
    ...(policy.body && { requestBody: requestBodyOf(policy.body, schemas) }),
    responses: {
      [statusOf(policy)]: successOf(operation, schemas),
      ...(policy.conditional && method === "GET" && { 304: NOT_MODIFIED }),
      ...Object.fromEntries(
        [...problems].map(([status, { name }]) => [status, { $ref: `#/components/responses/${name}` }]),
      ),
    },
  };
}

const NOT_MODIFIED: ResponseObject = {
  description: "The version that `If-None-Match` names is the current one",
  headers: headerRefs("X-Request-Id", "ETag"),
};

function parametersOf({ method, policy }: Operation, schemas: Schemas): (Parameter | Ref)[] {
  const { params, query, conditional, idempotent } = policy;
  const isRead = method === "GET";
  const named = [
    conditional && isRead && "IfNoneMatch",
    conditional && !isRead && params && "IfMatch",
    idempotent && "IdempotencyKey",
  ].filter((name) => typeof name === "string");
  return [
    ...(params ? parametersIn("path", params, schemas) : []),
    ...(query ? parametersIn("query", query, schemas) : []),
    ...named.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function parametersIn(place: "path" | "query", shape: z.ZodType, { schemaOf }: Schemas): Parameter[] {
  const { properties = {}, required = [] } = schemaOf(shape, "input");
  return Object.entries(properties).map(([name, member]) => {
    const { description, ...schema } = member as Schema;
    return {
      name,
      in: place,
      ...(required.includes(name) && { required: true }),
      ...(description !== undefined && { description }),
      schema,
    };
  });
}

function requestBodyOf(body: z.ZodType, { schemaOf, components }: Schemas) {
  const schema = schemaOf(body, "input");
  const content = { "application/json": { schema, example: exampleOf(schema, components) } };
  return { required: !body.safeParse(undefined).success, content };
}

function successOf({ method, policy }: Operation, schemas: Schemas): ResponseObject {
  const { conditional, idempotent, location, output, unlimited } = policy;
  const isRecorded = method !== "GET" && (conditional || idempotent);
  const response: ResponseObject = {
    description: TITLES[statusOf(policy)] ?? "Done",
    headers: headerRefs(
      "X-Request-Id",
      !unlimited && "RateLimit-Policy",
      !unlimited && "RateLimit",
      conditional && output !== null && "ETag",
      location && "Location",
      isRecorded && "X-Change-Id",
      idempotent && "Idempotent-Replayed",
    ),
  };
  if (output) response.content = { "application/json": contentOf(output, policy, schemas) };
  return response;
}

function contentOf(output: z.ZodType, { bare }: Policy, { schemaOf, components }: Schemas) {
  const data = schemaOf(output, "output");
  const schema: Schema = bare
    ? data
    : { type: "object", properties: { success: { const: true }, data }, required: ["success", "data"] };
  return { schema, example: exampleOf(schema, components) };
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
