import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { breakingChanges } from "./breaking";
import { describeApi } from "./openapi";
import type { Document, OperationObject } from "./openapi/document";
import type { Schema } from "./openapi/schemas";

const SNAPSHOT = "lib/client/openapi.json";

/** The snapshot of the last commit that has one; where there are no commits, the one that lies here. */
function published(): Document {
  try {
    return JSON.parse(execFileSync("git", ["show", `HEAD:${SNAPSHOT}`], { encoding: "utf8", stdio: "pipe" }));
  } catch {
    return JSON.parse(readFileSync(SNAPSHOT, "utf8"));
  }
}

test("what is published keeps working: v1 only ever gains", () => {
  const before = published();
  expect(Object.keys(before.paths).length).toBeGreaterThan(3);
  expect(breakingChanges(before, describeApi())).toEqual([]);
});

const noteProperties = (): Record<string, Schema> => ({
  id: { type: "string", format: "uuid" },
  title: { type: "string", maxLength: 255 },
  color: { type: "string", enum: ["red", "blue"] },
  text: { type: ["string", "null"] },
  due: { anyOf: [{ $ref: "#/components/schemas/Due" }, { type: "null" }] },
  tags: { type: "array", items: { type: "string" } },
});

const operation = (more: Partial<OperationObject>): OperationObject => ({
  operationId: "notes.create",
  summary: "",
  tags: [],
  security: [],
  parameters: [],
  responses: {},
  ...more,
});

const json = (name: string) => ({ "application/json": { schema: { $ref: `#/components/schemas/${name}` } } });

function example(): Document {
  const note = { type: "object", properties: noteProperties(), required: ["id", "title"] } satisfies Schema;
  return {
    openapi: "3.1.1",
    info: { title: "", version: "1", description: "" },
    servers: [],
    tags: [],
    paths: {
      "/notes": {
        post: operation({
          parameters: [{ name: "dry", in: "query", schema: { type: "boolean" } }],
          requestBody: { required: true, content: json("NoteCreate") },
          responses: {
            201: {
              description: "",
              headers: { ETag: { $ref: "#/components/headers/ETag" } },
              content: json("Note"),
            },
            404: { $ref: "#/components/responses/NotFound" },
          },
        }),
        get: operation({ operationId: "notes.list" }),
      },
    },
    components: {
      schemas: {
        Note: structuredClone(note),
        NoteCreate: structuredClone({ ...note, required: ["title"] }),
        Due: { type: "object", properties: { day: { type: "string" } }, required: ["day"] },
        Problem: {
          type: "object",
          properties: { code: { type: "string", enum: ["a"], "x-extensible": true } },
        },
      },
      responses: { NotFound: { description: "" } },
      parameters: {},
      headers: { ETag: { description: "", schema: { type: "string" } } },
      securitySchemes: {},
    },
  };
}

/** One change to a copy of the example. */
type Edit = (parts: {
  document: Document;
  post: OperationObject;
  sent: Schema;
  read: Schema;
  due: Schema;
}) => unknown;

function changed(edit: Edit): string[] {
  const document = example();
  const { Note: read, NoteCreate: sent, Due: due } = document.components.schemas;
  const post = document.paths["/notes"]?.post;
  if (!read || !sent || !due || !post) throw new Error("The example lacks a part.");
  edit({ document, post, sent, read, due });
  return breakingChanges(example(), document);
}

const member = (schema: Schema, name: string, value: Schema | undefined) => {
  const { [name]: _, ...rest } = schema.properties ?? {};
  schema.properties = (value ? { ...rest, [name]: value } : rest) as Schema["properties"];
};

describe("breaks a client", () => {
  const breaks: [string, Edit, string][] = [
    ["a path that is gone", ({ document }) => Object.assign(document, { paths: {} }), "/notes is gone"],
    ["a method that is gone", ({ document }) => delete document.paths["/notes"]?.get, "GET /notes is gone"],
    [
      "another name",
      ({ post }) => Object.assign(post, { operationId: "notes.add" }),
      "POST /notes: notes.create is called notes.add now",
    ],
    [
      "a token",
      ({ post }) => Object.assign(post, { security: [{ bearer: [] }] }),
      "POST /notes needs a token now",
    ],
    [
      "a scope",
      ({ post }) => Object.assign(post, { security: [{ bearer: ["x"] }] }),
      "POST /notes needs the scope x now",
    ],
    ["a status that is gone", ({ post }) => delete post.responses[404], "POST /notes: 404 is gone"],
    [
      "a header that is gone",
      ({ post }) => Object.assign(post.responses, { 201: { description: "", content: json("Note") } }),
      "POST /notes: 201 has lost the header ETag",
    ],
    [
      "content that is gone",
      ({ post }) => Object.assign(post.responses, { 201: { description: "" } }),
      "POST /notes 201: application/json is gone",
    ],
    [
      "a parameter that is gone",
      ({ post }) => Object.assign(post, { parameters: [] }),
      "POST /notes: the parameter dry (query) is gone",
    ],
    [
      "a parameter that is required",
      ({ post }) => Object.assign(post.parameters[0] ?? {}, { required: true }),
      "POST /notes: the parameter dry (query) is required now",
    ],
    [
      "a new parameter that is required",
      ({ post }) => post.parameters.push({ name: "x", in: "query", required: true, schema: {} }),
      "POST /notes: the parameter x (query) is new and required",
    ],
    ["a body that is gone", ({ post }) => delete post.requestBody, "POST /notes: the body is gone"],
    [
      "a body where there was none",
      ({ document }) =>
        Object.assign(document.paths["/notes"]?.get ?? {}, {
          requestBody: { required: true, content: {} },
        }),
      "GET /notes: a body is required now",
    ],
    [
      "a member that may not be sent",
      ({ sent }) => member(sent, "text", undefined),
      "POST /notes body.text is gone",
    ],
    [
      "a member that must be sent",
      ({ sent }) => Object.assign(sent, { required: ["title", "color"] }),
      "POST /notes body.color is required now",
    ],
    [
      "a choice that may not be sent",
      ({ sent }) => member(sent, "color", { type: "string", enum: ["red"] }),
      'POST /notes body.color may not be "blue" any more',
    ],
    [
      "a list of choices where there was none",
      ({ sent }) => member(sent, "title", { type: "string", enum: ["x"] }),
      "POST /notes body.title may not be anything else any more",
    ],
    [
      "a bound that is tighter",
      ({ sent }) => member(sent, "title", { type: "string", maxLength: 100 }),
      "POST /notes body.title has a tighter maxLength",
    ],
    [
      "null that may not be sent",
      ({ sent }) => member(sent, "text", { type: "string" }),
      "POST /notes body.text may not be null any more",
    ],
    [
      "a member that is not answered",
      ({ read }) => member(read, "text", undefined),
      "POST /notes 201.text is gone",
    ],
    [
      "a member that may be absent",
      ({ read }) => Object.assign(read, { required: ["id"] }),
      "POST /notes 201.title may be absent now",
    ],
    [
      "a member that may be null",
      ({ read }) => member(read, "title", { type: ["string", "null"] }),
      "POST /notes 201.title may be null now",
    ],
    [
      "a choice that may be answered",
      ({ read }) => member(read, "color", { type: "string", enum: ["red", "blue", "green"] }),
      'POST /notes 201.color may be "green" now',
    ],
    [
      "any value where there were choices",
      ({ read }) => member(read, "color", { type: "string" }),
      "POST /notes 201.color may be anything now",
    ],
    [
      "another type",
      ({ read }) => member(read, "title", { type: "integer" }),
      "POST /notes 201.title was string and is integer",
    ],
    [
      "another type in a list",
      ({ read }) => member(read, "tags", { type: "array", items: { type: "integer" } }),
      "POST /notes 201.tags[] was string and is integer",
    ],
    [
      "another format",
      ({ read }) => member(read, "id", { type: "string" }),
      "POST /notes 201.id has another format",
    ],
    [
      "a change behind a name and null",
      ({ due }) => member(due, "day", { type: "integer" }),
      "POST /notes 201.due.day was string and is integer",
    ],
  ];

  test.each(breaks)("%s", (_, edit, told) => {
    expect(changed(edit)).toContain(told);
  });
});

describe("breaks nobody", () => {
  const gains: [string, Edit][] = [
    ["nothing at all", () => {}],
    ["a new path", ({ document }) => Object.assign(document.paths, { "/tags": {} })],
    ["a limit that is gone", ({ post }) => delete post.responses[429]],
    ["a new status", ({ post }) => Object.assign(post.responses, { 409: { description: "" } })],
    ["a new parameter", ({ post }) => post.parameters.push({ name: "x", in: "query", schema: {} })],
    ["a new member that may be sent", ({ sent }) => member(sent, "more", { type: "string" })],
    [
      "a choice more that may be sent",
      ({ sent }) => member(sent, "color", { type: "string", enum: ["red", "blue", "green"] }),
    ],
    ["a bound that is wider", ({ sent }) => member(sent, "title", { type: "string", maxLength: 500 })],
    ["a new member that is answered", ({ read }) => member(read, "more", { type: "string" })],
    [
      "a member that is always there now",
      ({ read }) => Object.assign(read, { required: ["id", "title", "color"] }),
    ],
    ["a member that is never null now", ({ read }) => member(read, "text", { type: "string" })],
    [
      "a new code of a problem",
      ({ document }) =>
        Object.assign(document.components.schemas, {
          Problem: {
            type: "object",
            properties: { code: { type: "string", enum: ["a", "b"], "x-extensible": true } },
          },
        }),
    ],
  ];

  test.each(gains)("%s", (_, edit) => {
    expect(changed(edit)).toEqual([]);
  });
});
