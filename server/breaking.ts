import { type Compare, createComparison, type Direction } from "./breaking/schemas";
import type { Document, OperationObject, Parameter, Ref, ResponseObject } from "./openapi/document";

/** What a client of the document before could stumble over in the document after, one line each. */
export function breakingChanges(before: Document, after: Document): string[] {
  const comparison: Comparison = {
    before,
    after,
    compare: createComparison(before.components.schemas, after.components.schemas),
  };
  const problem = { $ref: "#/components/schemas/Problem" };
  return [
    ...comparison.compare("response", "Problem", problem, problem),
    ...Object.entries(before.paths).flatMap(([path, methods]) => comparePath(comparison, path, methods)),
  ];
}

type Comparison = { before: Document; after: Document; compare: Compare };

function comparePath(
  comparison: Comparison,
  path: string,
  methods: Record<string, OperationObject>,
): string[] {
  const now = comparison.after.paths[path];
  if (!now) return [`${path} is gone`];
  return Object.entries(methods).flatMap(([method, operation]) => {
    const place = `${method.toUpperCase()} ${path}`;
    const current = now[method];
    if (!current) return [`${place} is gone`];
    return [
      ...compareNames(place, operation, current),
      ...compareParameters(comparison, place, operation, current),
      ...compareBody(comparison, place, operation, current),
      ...compareResponses(comparison, place, operation, current),
    ];
  });
}

function compareParameters(
  { before, after, compare }: Comparison,
  place: string,
  was: OperationObject,
  is: OperationObject,
): string[] {
  const known = parametersOf(was, before);
  const current = parametersOf(is, after);
  const changed = [...known].flatMap(([key, parameter]) => {
    const now = current.get(key);
    if (!now) return [`${place}: the parameter ${key} is gone`];
    const required =
      now.required && !parameter.required ? [`${place}: the parameter ${key} is required now`] : [];
    return [...required, ...compare("request", `${place} ${key}`, parameter.schema, now.schema)];
  });
  const added = [...current].filter(([key, { required }]) => required && !known.has(key));
  return [...changed, ...added.map(([key]) => `${place}: the parameter ${key} is new and required`)];
}

function compareBody(
  comparison: Comparison,
  place: string,
  { requestBody: was }: OperationObject,
  { requestBody: is }: OperationObject,
) {
  if (!was) return is?.required ? [`${place}: a body is required now`] : [];
  if (!is) return [`${place}: the body is gone`];
  const required = is.required && !was.required ? [`${place}: a body is required now`] : [];
  return [...required, ...compareContent(comparison.compare, "request", `${place} body`, was, is)];
}

function compareResponses(
  { before, after, compare }: Comparison,
  place: string,
  was: OperationObject,
  is: OperationObject,
): string[] {
  return Object.entries(was.responses).flatMap(([status, response]) => {
    const now = is.responses[status];
    // Nobody misses a limit.
    if (!now) return status === "429" ? [] : [`${place}: ${status} is gone`];
    const old = responseOf(response, before);
    const current = responseOf(now, after);
    const lost = Object.keys(old.headers ?? {}).filter((name) => !current.headers?.[name]);
    return [
      ...lost.map((name) => `${place}: ${status} has lost the header ${name}`),
      ...(status.startsWith("2")
        ? compareContent(compare, "response", `${place} ${status}`, old, current)
        : []),
    ];
  });
}

function compareContent(
  compare: Compare,
  direction: Direction,
  place: string,
  { content: was = {} }: Pick<ResponseObject, "content">,
  { content: is = {} }: Pick<ResponseObject, "content">,
): string[] {
  return Object.entries(was).flatMap(([type, { schema }]) => {
    const now = is[type];
    return now ? compare(direction, place, schema, now.schema) : [`${place}: ${type} is gone`];
  });
}

/** What programs call it by, and who may call it. */
function compareNames(place: string, was: OperationObject, is: OperationObject): string[] {
  const scopes = (operation: OperationObject) => operation.security.flatMap(({ bearer = [] }) => bearer);
  const added = scopes(is).filter((scope) => !scopes(was).includes(scope));
  return [
    ...(was.operationId === is.operationId
      ? []
      : [`${place}: ${was.operationId} is called ${is.operationId} now`]),
    ...(was.security.length === 0 && is.security.length > 0 ? [`${place} needs a token now`] : []),
    ...added.map((scope) => `${place} needs the scope ${scope} now`),
  ];
}

function parametersOf({ parameters }: OperationObject, { components }: Document): Map<string, Parameter> {
  const resolved = parameters.map((parameter) =>
    isRef(parameter) ? found(components.parameters, parameter) : parameter,
  );
  return new Map(resolved.map((parameter) => [`${parameter.name} (${parameter.in})`, parameter]));
}

const responseOf = (response: ResponseObject | Ref, { components }: Document) =>
  isRef(response) ? found(components.responses, response) : response;

function found<T>(record: Record<string, T>, { $ref }: Ref): T {
  const value = record[$ref.slice($ref.lastIndexOf("/") + 1)];
  if (value === undefined) throw new Error(`${$ref} is not there.`);
  return value;
}

const isRef = (value: object): value is Ref => "$ref" in value;
