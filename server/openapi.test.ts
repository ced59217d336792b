import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorCodesOf, type Policy } from "@/lib/http/policy";
import { PROBLEMS } from "@/lib/http/problem";
import { isLegacy, manifest, type Operation, operations } from "./manifest";
import { describeApi } from "./openapi";
import type { OperationObject } from "./openapi/document";
import { operationIdOf } from "./openapi/names";

const document = describeApi();
const described = operations.filter((operation) => !isLegacy(operation));

const found = ({ pattern, method }: Operation): OperationObject | undefined =>
  document.paths[pattern]?.[method.toLowerCase()];

describe("the OpenAPI document", () => {
  test("is valid by the official schema of OpenAPI 3.1, its references included", async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test("holds schemas that are valid by JSON Schema 2020-12, and examples that are valid by them", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "document");
    for (const schema of Object.values(document.components.schemas)) {
      ajv.validateSchema(schema);
      expect(ajv.errors ?? []).toEqual([]);
    }
    const { paths, components } = JSON.parse(JSON.stringify(document).replaceAll('"#/', '"document#/'));
    const contents = [...contentsIn(paths), ...contentsIn(components.responses)];
    expect(contents.length).toBeGreaterThan(20);
    for (const { schema, example } of contents) {
      const validate = ajv.compile(schema);
      validate(example);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test("refers to nothing that is not there, and holds nothing that nobody refers to", () => {
    const refs = new Set(
      [...JSON.stringify(document).matchAll(/"#\/components\/([^"]+)"/g)].map(([, name]) => name),
    );
    const { securitySchemes: _, ...components } = document.components;
    const there = Object.entries(components).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `${kind}/${name}`),
    );
    expect([...refs].sort()).toEqual(there.sort());
  });

  test("describes every route of the manifest, and no other", () => {
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(described.map(({ method, pattern }) => `${method} ${pattern}`).sort());
    expect(described.length).toBeGreaterThan(10);
  });

  test("tells every code that an endpoint may answer with, and its status", () => {
    for (const operation of described) {
      const wanted = errorCodesOf(operation.policy, operation.method);
      const responses = found(operation)?.responses ?? {};
      const statuses = Object.keys(responses).filter((status) => Number(status) >= 400);
      expect(statuses).toEqual([...new Set(wanted.map((code) => String(PROBLEMS[code].status)))].sort());
      const texts = JSON.stringify(statuses.map((status) => responseOf(responses[status])));
      for (const code of wanted) expect(texts).toContain(`(\`${code}\`)`);
    }
  });

  test("names every operation once, by noun and verb", () => {
    const names = described.map(operationIdOf);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z-]*\.[a-z][A-Za-z]*$/);
  });

  test("gives examples that the endpoints themselves would take and give", () => {
    for (const operation of described) {
      const { requestBody, responses } = found(operation) ?? { responses: {} };
      const { body, output, bare } = operation.policy;
      if (body)
        expect(body.safeParse(requestBody?.content["application/json"]?.example).error).toBeUndefined();
      const shape: z.ZodType =
        bare || !output ? z.unknown() : z.strictObject({ success: z.literal(true), data: output });
      const success = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
      const content = success && "content" in success ? success.content?.["application/json"] : undefined;
      expect(Boolean(content)).toBe(output !== null);
      expect(shape.safeParse(content?.example).error).toBeUndefined();
    }
  });

  test("demands the token and the scope that the policies demand", () => {
    for (const operation of described) {
      const { auth, scope } = operation.policy;
      const wanted = auth === "public" ? [] : [{ bearer: scope === undefined ? [] : [scope] }];
      expect(found(operation)?.security).toEqual(wanted);
    }
  });

  test("leaves no member of a body or an answer without a type", () => {
    const untyped = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([member, schema]) =>
        JSON.stringify(schema) === "{}" ? `${name}.${member}` : [],
      ),
    );
    expect(untyped).toEqual([]);
  });

  test("cannot be made of a schema that is read and sent in two forms under one name", () => {
    const body = z.strictObject({ at: z.string().default("now") }).meta({ id: "Twin" });
    const policy: Policy = { auth: "public", summary: "Twins", body, output: body };
    expect(() => describeApi([{ pattern: "/api/v1/twins", method: "POST", policy }])).toThrow(
      "Twin has two forms",
    );
  });
});

describe("the manifest", () => {
  test("gives every path all seven methods, those that it lacks included", () => {
    for (const { methods } of manifest)
      expect(Object.keys(methods).sort()).toEqual(
        ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"].sort(),
      );
  });

  test("has a route at every path", () => {
    expect(manifest.filter(({ operations }) => operations.length === 0)).toEqual([]);
  });
});

const responseOf = (response: OperationObject["responses"][string] | undefined) =>
  response && "$ref" in response
    ? document.components.responses[response.$ref.replace("#/components/responses/", "")]
    : response;

type Content = { schema: object; example: unknown };

/** Everything in a part of the document that has a schema and an example of it. */
function contentsIn(part: unknown): Content[] {
  if (typeof part !== "object" || part === null) return [];
  if ("schema" in part && "example" in part) return [part as Content];
  return Object.values(part).flatMap(contentsIn);
}
