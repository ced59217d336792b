import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import {
  createTestApi,
  NOTE_ID,
  Note,
  NoteCreate,
  noteRow,
  send,
  sendJson,
  USER_ID,
} from "@/lib/http/fixture";
import { errorCodesOf } from "@/lib/http/policy";
import { reply } from "@/lib/http/reply";
import { queryBoolean, queryInteger } from "@/lib/wire";

const { route } = createTestApi();
const NoteParams = z.object({ id: z.uuid() });

const create = route(
  {
    auth: "user",
    scope: "notes:write",
    summary: "Create a note",
    body: NoteCreate,
    output: Note,
    status: 201,
    location: "/api/v1/notes/{id}",
    conditional: true,
    errors: ["conflict"],
  },
  ({ body }) => {
    if (body.title === "taken") throw new AppError("conflict", "It exists.", { current: noteRow("Old") });
    return { ...noteRow(body.title), dueAt: body.dueAt ?? null };
  },
);

const list = route(
  {
    auth: "user",
    scope: "notes:read",
    summary: "List notes",
    query: z.strictObject({ limit: queryInteger(1, 100).prefault(50), is_done: queryBoolean().optional() }),
    output: z.object({ limit: z.int(), is_done: z.boolean().nullable() }),
  },
  ({ query }) => ({ limit: query.limit, isDone: query.isDone ?? null }),
);

const find = route(
  { auth: "user", summary: "Find a note", params: NoteParams, output: Note },
  ({ params }) => ({ ...noteRow(), id: params.id }),
);

const remove = route(
  { auth: "user", summary: "Delete a note", params: NoteParams, output: null, current: Note },
  ({ request }) => {
    if (request.headers.get("if-match") === '"1"')
      throw new AppError("precondition_failed", "It has changed.", { current: noteRow() });
  },
);

const health = route(
  { auth: "public", summary: "Health", output: z.object({ status: z.literal("healthy") }), bare: true },
  () => ({ status: "healthy" as const }),
);

const note = { id: NOTE_ID, title: "Milk", due_at: "2026-05-01T10:00:00.000Z", version: 3 };
const errorsOf = async (response: Response) => (await response.json()).errors;

describe("a route that answers", () => {
  test("200 wraps the data and writes it in snake_case, without the columns that are not listed", async () => {
    const response = await send(find, `/notes/${NOTE_ID}`, { params: { id: NOTE_ID } });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ success: true, data: note });
  });

  test("201 carries Location and ETag, and the handler gets camelCase", async () => {
    const response = await sendJson(create, "/notes", { title: "Tea", due_at: "2026-05-01T12:00:00+02:00" });
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe(`/api/v1/notes/${NOTE_ID}`);
    expect(response.headers.get("etag")).toBe('"3"');
    expect((await response.json()).data).toEqual({ ...note, title: "Tea" });
  });

  test("204 has neither body nor type", async () => {
    const response = await send(remove, "/n", { method: "DELETE", params: { id: NOTE_ID } });
    expect([response.status, response.body, response.headers.get("content-type")]).toEqual([204, null, null]);
  });

  test("200 without the envelope where the policy says so, and without a token where it is public", async () => {
    const response = await send(health, "/health", { token: null });
    expect([response.status, await response.json()]).toEqual([200, { status: "healthy" }]);
  });

  test("200 with what a reply adds", async () => {
    const custom = route({ auth: "user", summary: "Custom", output: Note, status: 201 }, () =>
      reply(noteRow(), { status: 200, headers: { Link: "</docs>" }, etag: '"x"' }),
    );
    const { status, headers } = await send(custom, "/n");
    expect([status, headers.get("link"), headers.get("etag")]).toEqual([200, "</docs>", '"x"']);
  });

  test("200 with plain params, as a dispatcher passes them", async () => {
    const response = await find(
      new Request("http://localhost/n", { headers: { authorization: "Bearer reader" } }),
      { params: { id: NOTE_ID } },
    );
    expect(response.status).toBe(200);
  });

  test("200 for a body that may be absent", async () => {
    const signout = route(
      {
        auth: "user",
        summary: "Sign out",
        body: z.strictObject({ scope: z.string() }).optional(),
        output: z.string(),
      },
      ({ body }) => body?.scope ?? "current",
    );
    expect((await (await send(signout, "/s", { method: "POST" })).json()).data).toBe("current");
    expect((await (await sendJson(signout, "/s", { scope: "all" })).json()).data).toBe("all");
    expect((await sendJson(signout, "/s", { scope: "all", x: 1 })).status).toBe(422);
  });

  test("500 for an output that does not match its schema", async () => {
    const wrong = { ...noteRow(), title: 7 };
    const broken = route({ auth: "user", summary: "Broken", output: Note }, () =>
      JSON.parse(JSON.stringify(wrong)),
    );
    const response = await send(broken, "/n");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("invalid_type");
  });
});

describe("a route that refuses", () => {
  test("401 has one body for every reason, before anything else is looked at", async () => {
    const bodies = await Promise.all(
      [null, "stale", ""].map(async (token) => {
        const headers = { "x-request-id": "same", "content-length": "99999999" };
        const response = await sendJson(create, "/notes", "{", { token, headers });
        expect(response.status).toBe(401);
        expect(response.headers.get("www-authenticate")).toBe("Bearer");
        return response.text();
      }),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).not.toContain("sentinel");
  });

  test("403 names the scope that is missing", async () => {
    const response = await sendJson(create, "/notes", { title: "Tea" }, { token: "reader" });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: "insufficient_scope",
      detail: "This needs the scope notes:write.",
    });
    expect(response.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="notes:write"',
    );
  });

  test.each(["1", "x".repeat(300), `${NOTE_ID}\0`, "../etc"])("404 for the malformed id %j", async (id) => {
    const response = await send(find, "/notes/x", { params: { id } });
    expect([response.status, (await response.json()).code]).toEqual([404, "not_found"]);
  });

  test("409 carries the current object, shaped like any other", async () => {
    const response = await sendJson(create, "/notes", { title: "taken" });
    expect(response.status).toBe(409);
    expect((await response.json()).current).toEqual({ ...note, title: "Old" });
  });

  test("412 carries it on a route without output too", async () => {
    const sent = { method: "DELETE", params: { id: NOTE_ID }, headers: { "if-match": '"1"' } };
    const response = await send(remove, "/n", sent);
    expect(response.status).toBe(412);
    expect((await response.json()).current).toEqual(note);
  });

  test("422 names every unknown, missing and wrong member by its path", async () => {
    const body = '{"tags":[{"name":1,"color":"red"}],"id":"x","__proto__":{"a":1},"version":2}';
    const response = await sendJson(create, "/notes", body);
    expect(response.status).toBe(422);
    const errors: { path: string; code: string }[] = await errorsOf(response);
    expect(errors.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      "__proto__ unrecognized_key",
      "id unrecognized_key",
      "tags.0.color unrecognized_key",
      "tags.0.name invalid_type",
      "title required",
      "version unrecognized_key",
    ]);
  });

  test("422 tells no more than fifty problems, each of bounded length", async () => {
    const members = Array.from({ length: 500 }, (_, index) => [`${"k".repeat(300)}${index}`, 1]);
    const text = await (await sendJson(create, "/notes", Object.fromEntries(members))).text();
    expect(JSON.parse(text).errors).toHaveLength(50);
    expect(text.length).toBeLessThan(20_000);
  });
});

describe("a problem document", () => {
  test("has every member of the contract and no other", async () => {
    const response = await sendJson(
      create,
      "/notes",
      { title: "" },
      { headers: { "x-request-id": "req-1" } },
    );
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "urn:fourfold:problem:invalid",
      title: "Invalid request",
      status: 422,
      detail: "title: Too small: expected string to have >=1 characters",
      code: "invalid",
      request_id: "req-1",
      success: false,
      errors: [
        { path: "title", code: "too_small", message: "Too small: expected string to have >=1 characters" },
      ],
    });
  });
});

describe("the policy", () => {
  test("is carried by the route, its schemas being the ones that were given", () => {
    expect(create.policy).toMatchObject({ auth: "user", scope: "notes:write", status: 201 });
    expect(create.policy.body).toBe(NoteCreate);
  });

  test.each([
    z.object({ a: z.string() }),
    z.object({ a: z.string() }).optional(),
    z.object({ a: z.string() }).transform(({ a }) => a),
  ])("cannot be made with an input that ignores unknown members", (body) => {
    const make = () => route({ auth: "user", summary: "Loose", body, output: null }, () => {});
    expect(make).toThrow('"Loose": make its input a z.strictObject.');
  });

  test("cannot be conditional without saying what a 412 shows", () => {
    const make = () => route({ auth: "user", summary: "Blind", output: null, conditional: true }, () => {});
    expect(make).toThrow('"Blind": say with current what a 412 shows.');
  });

  test("tells every code that the endpoint may answer with", () => {
    expect(errorCodesOf(create.policy, "POST").sort()).toEqual(
      [
        "conflict",
        "insufficient_scope",
        "internal",
        "invalid",
        "malformed",
        "precondition_failed",
        "rate_limited",
        "too_large",
        "unauthenticated",
        "unavailable",
        "unsupported_media_type",
      ].sort(),
    );
    expect(errorCodesOf(find.policy, "GET")).toContain("not_found");
    expect(errorCodesOf(health.policy, "GET")).toEqual(["rate_limited", "internal", "unavailable"]);
  });

  test("gives the handler its types", async () => {
    expectTypeOf(create.handler).parameter(0).toHaveProperty("body").toEqualTypeOf<{
      title: string;
      dueAt?: Date | undefined;
      tags?: { name: string }[] | undefined;
    }>();
    expectTypeOf(find.handler).parameter(0).toHaveProperty("params").toEqualTypeOf<{ id: string }>();
    expectTypeOf(find.handler).parameter(0).toHaveProperty("query").toEqualTypeOf<undefined>();
    expectTypeOf(health.handler)
      .parameter(0)
      .toHaveProperty("ctx")
      .toHaveProperty("actor")
      .toEqualTypeOf<null>();
    const response = await send(list, "/notes?limit=7&is_done=true");
    expect((await response.json()).data).toEqual({ limit: 7, is_done: true });
  });

  test("shows the user to the handler", async () => {
    const whoami = route({ auth: "user", summary: "Who", output: z.string() }, ({ ctx }) => ctx.actor.userId);
    expect((await (await send(whoami, "/me")).json()).data).toBe(USER_ID);
  });
});

describe("a lenient variant of a route", () => {
  const legacy = { lenient: { malformed: ["limit"] }, headers: { Deprecation: "@1767225600" } };
  const legacyList = route({ ...list.policy, ...legacy }, list.handler);
  const legacyCreate = route({ ...create.policy, ...legacy }, create.handler);

  test("200 ignores unknown and repeated parameters, and says that it is deprecated", async () => {
    const response = await send(legacyList, "/notes?limit=7&limit=8&utm=1");
    expect([response.status, response.headers.get("deprecation")]).toEqual([200, "@1767225600"]);
    expect((await response.json()).data.limit).toBe(8);
  });

  test("201 ignores unknown members", async () => {
    expect((await sendJson(legacyCreate, "/notes", { title: "Tea", user_id: 1 })).status).toBe(201);
  });

  test("400 for the values that the origin called so, 422 for others", async () => {
    expect((await send(legacyList, "/notes?limit=x")).status).toBe(400);
    expect((await send(legacyList, "/notes?is_done=x")).status).toBe(422);
  });
});
