import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestApi, NOTE_ID, Note, noteRow, notesOf, send, sendJson } from "@/lib/http/fixture";
import { reply } from "@/lib/http/reply";

const { route } = createTestApi();
const { create, find, remove, health } = notesOf({ route });

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

  test("200 by a reply has no Location, and a policy's own Cache-Control stays", async () => {
    const headers = { "Cache-Control": "max-age=60" };
    const location = "/api/v1/notes/{id}";
    const policy = { auth: "user", summary: "Dry", output: Note, status: 201, location, headers } as const;
    const dry = route(policy, () => reply(noteRow(), { status: 200, etag: '"x"' }));
    const response = await send(dry, "/n");
    expect([response.headers.get("location"), response.headers.get("cache-control")]).toEqual([
      null,
      "max-age=60",
    ]);
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

  test("404 for NUL in a parameter that is mere text", async () => {
    const params = z.object({ name: z.string() });
    const named = route({ auth: "user", summary: "Named", params, output: null }, () => {});
    expect((await send(named, "/n", { params: { name: "a" } })).status).toBe(204);
    expect((await send(named, "/n", { params: { name: "a\0" } })).status).toBe(404);
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
    const errors = await errorsOf(await sendJson(create, "/notes", Object.fromEntries(members)));
    expect(errors).toHaveLength(50);
    expect(errors.at(-1).path).toHaveLength(200);
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
