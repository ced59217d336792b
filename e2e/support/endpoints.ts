import { isLegacy, type Operation, operations } from "@/server/manifest";
import { describeApi } from "@/server/openapi";
import type { OperationObject } from "@/server/openapi/document";
import type { Schema } from "@/server/openapi/schemas";
import type { User } from "../fixtures";

const document = describeApi();

export const nameOf = ({ method, pattern }: Operation) => `${method} ${pattern}`;

/** Of a legacy alias: what is described of the endpoint that it is an alias of. */
function describedAs(operation: Operation): OperationObject {
  const pattern = isLegacy(operation) ? operation.pattern.replace("/api/", "/api/v1/") : operation.pattern;
  const described = document.paths[pattern]?.[operation.method.toLowerCase()];
  if (!described) throw new Error(`${nameOf(operation)} is not described.`);
  return described;
}

const contentOf = (operation: Operation) => describedAs(operation).requestBody?.content["application/json"];

/** One word in four places: the noun of the path is the table. Sign-in has many; what matters most is the users. */
export function tableOf({ pattern }: Operation): string {
  const noun = pattern.replace(/^\/api(\/v1)?\//, "").replace(/\/.*/, "");
  return { auth: "users", batch: "tasks" }[noun] ?? noun.replaceAll("-", "_");
}

/** A body that the endpoint takes, from the document's examples; undefined where it takes none. */
export const exampleBody = (operation: Operation) => contentOf(operation)?.example as object | undefined;

/** The names that the endpoint lists for its body. */
export function membersOf(operation: Operation): string[] {
  const { schema } = contentOf(operation) ?? {};
  const named: Schema | undefined = schema?.$ref
    ? document.components.schemas[schema.$ref.replace("#/components/schemas/", "")]
    : schema;
  return Object.keys(named?.properties ?? {});
}

/** A task in the trash, or the change that brought it there. */
async function trashed(pattern: string, { api }: User): Promise<string> {
  const { body } = await api("POST", "/api/v1/tasks", { body: { title: "Old" } });
  const { headers } = await api("DELETE", `/api/v1/tasks/${body.data.id}`);
  return pattern.includes("/changes/") ? (headers.get("x-change-id") ?? "") : body.data.id;
}

/** A path of the endpoint; its id is one of an object that this user has just made where such objects are made. */
export async function pathOf({ pattern }: Pick<Operation, "pattern">, user: User): Promise<string> {
  if (!pattern.includes("{id}")) return pattern;
  if (pattern.startsWith("/api/v1/auth/sessions/")) return pattern.replace("{id}", user.sessionId);
  if (/^\/api\/v1\/(changes|trash)\/|restore$/.test(pattern))
    return pattern.replace("{id}", await trashed(pattern, user));
  const collection = pattern.slice(0, pattern.indexOf("/{id}"));
  const create = operations.find((each) => each.method === "POST" && each.pattern === collection);
  if (!create)
    throw new Error(`Nothing is made at ${collection}: say here how a test comes by one for ${pattern}.`);
  const { status, body } = await user.api("POST", collection, { body: exampleBody(create) });
  if (status !== 201)
    throw new Error(`The example for POST ${collection} was answered ${status}: ${body.detail}`);
  return pattern.replace("{id}", body.data.id);
}
