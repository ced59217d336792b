import type { Document, OperationObject, Parameter, Ref, ResponseObject } from "@/server/openapi/document";
import type { Schema } from "@/server/openapi/schemas";
import { comment, typeOf } from "./json-type";

type Described = OperationObject & { method: string; path: string };

/** lib/client/api.gen.ts */
export function clientPage(document: Document): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Described => ({ ...operation, method: method.toUpperCase(), path }),
    ),
  );
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${comment(schema.description)}export type ${name} = ${typeOf(schema)};\n`,
  );
  const nouns = new Set(operations.map(nounOf));
  return `// Printed from \`openapi.json\` by \`npm run docs\`.
import type { Call, CallOptions } from "./call";

${[...schemas, ...operations.flatMap(queryType)].join("\n")}
/** A method for each endpoint. */
export const methods = (call: Call) => ({
${[...nouns]
  .map(
    (noun) =>
      `  ${noun}: {\n${operations
        .filter((each) => nounOf(each) === noun)
        .map(methodOf)
        .join("")}  },\n`,
  )
  .join("")}});
`;
}

function queryType(operation: Described): string[] {
  const query = parametersIn(operation, "query");
  if (query.length === 0) return [];
  const shape: Schema = {
    type: "object",
    properties: Object.fromEntries(
      query.map(({ name, description, schema }) => [name, { ...schema, description }]),
    ) as Schema["properties"],
    required: query.filter(({ required }) => required).map(({ name }) => name),
  };
  return [`export type ${queryName(operation)} = ${typeOf(shape)};\n`];
}

function methodOf(operation: Described): string {
  const { operationId, summary, method, path, requestBody } = operation;
  const ids = parametersIn(operation, "path").map(({ name }) => name);
  const query = parametersIn(operation, "query");
  const { type, isBare } = answerOf(operation);
  const body = requestBody?.content["application/json"]?.schema;
  const parameters = [
    ...ids.map((id) => `${id}: string`),
    ...(body ? [`body: ${typeOf(body, "    ")}`] : []),
    ...(query.length > 0
      ? [`query: ${queryName(operation)}${query.some(({ required }) => required) ? "" : " = {}"}`]
      : []),
    `options?: Pick<CallOptions<${type}>, ${optionsOf(operation)}>`,
  ];
  const request = [
    `method: "${method}"`,
    `path: ${ids.length > 0 ? `\`${path.replace(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${name})}`)}\`` : `"${path}"`}`,
    ...(body ? ["body"] : []),
    ...(query.length > 0 ? ["query"] : []),
    ...(isBare ? ["isBare: true"] : []),
    ...(refs(operation).includes("IdempotencyKey") ? ["isIdempotent: true"] : []),
  ];
  return `    /** ${summary} */
    ${operationId.split(".")[1]}: (${parameters.join(", ")}) =>
      call<${type}>({ ${request.join(", ")} }, options),
`;
}

function answerOf({ responses }: Described): { type: string; isBare: boolean } {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  const schema = success && "content" in success ? schemaOf(success) : undefined;
  if (!schema) return { type: "null", isBare: false };
  const { success: mark, data } = schema.properties ?? {};
  return mark && data
    ? { type: typeOf(data as Schema, "    "), isBare: false }
    : { type: typeOf(schema, "    "), isBare: true };
}

const schemaOf = ({ content }: ResponseObject) => content?.["application/json"]?.schema;

const OPTIONS: Record<string, string> = {
  IfMatch: "ifMatch",
  IfNoneMatch: "known",
  IdempotencyKey: "idempotencyKey",
};

const optionsOf = (operation: Described) =>
  ["signal", ...refs(operation).flatMap((name) => OPTIONS[name] ?? [])]
    .map((name) => `"${name}"`)
    .join(" | ");

const refs = ({ parameters }: Described) =>
  parameters.filter(isRef).map(({ $ref }) => $ref.slice($ref.lastIndexOf("/") + 1));

const parametersIn = ({ parameters }: Described, place: Parameter["in"]) =>
  parameters.filter((parameter): parameter is Parameter => !isRef(parameter) && parameter.in === place);

const isRef = (parameter: Parameter | Ref): parameter is Ref => "$ref" in parameter;

const queryName = ({ operationId }: Described) =>
  `${operationId.replace(/(^|\.)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}Query`;

const nounOf = ({ operationId }: Described) => operationId.split(".")[0] ?? "";
