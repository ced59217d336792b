import { describe, expect, test } from "vitest";
import { createTestApi, NOTE_ID, Note, noteRow, send, sendJson } from "@/lib/http/fixture";

const { route, endpoint, notFound, logged } = createTestApi();

const notes = endpoint({
  GET: route({ auth: "user", summary: "Find", output: Note, conditional: true }, () => noteRow("Café")),
  DELETE: route({ auth: "user", summary: "Delete", output: null }, () => {}),
});
const deletions = endpoint({ DELETE: notes.DELETE });
const PATH = `/notes/${NOTE_ID}`;

describe("an endpoint", () => {
  test("keeps the routes that it was given", () => {
    expect(notes.GET.policy.summary).toBe("Find");
    expect(Object.keys(notes).sort()).toEqual(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);
  });

  test.each(["POST", "PUT", "PATCH"] as const)("405 for %s, which it has not, with Allow", async (method) => {
    const response = await sendJson(notes[method], PATH, "{", { method, token: null });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, DELETE, OPTIONS");
    expect(await response.json()).toMatchObject({
      code: "method_not_allowed",
      detail: `${method} is not possible here.`,
    });
  });

  test("200 for HEAD: everything of GET but the body", async () => {
    const got = await send(notes.GET, PATH);
    const head = await send(notes.HEAD, PATH, { method: "HEAD" });
    expect([head.status, head.body]).toEqual([200, null]);
    for (const name of ["content-type", "content-length", "etag", "cache-control"])
      expect(head.headers.get(name)).toBe(got.headers.get(name));
    expect(Number(head.headers.get("content-length"))).toBe((await got.arrayBuffer()).byteLength);
    expect(logged.at(-1)?.line.method).toBe("HEAD");
  });

  test("304 and 401 for HEAD, as for GET", async () => {
    expect(
      (await send(notes.HEAD, PATH, { method: "HEAD", headers: { "if-none-match": '"3"' } })).status,
    ).toBe(304);
    const refused = await send(notes.HEAD, PATH, { method: "HEAD", token: null });
    expect([refused.status, refused.body]).toEqual([401, null]);
  });

  test("405 for HEAD where there is no GET, without a body", async () => {
    const response = await send(deletions.HEAD, PATH, { method: "HEAD" });
    expect([response.status, response.body, response.headers.get("allow")]).toEqual([
      405,
      null,
      "DELETE, OPTIONS",
    ]);
  });

  test("204 for OPTIONS, with Allow and without a token", async () => {
    const response = await send(notes.OPTIONS, PATH, { method: "OPTIONS", token: null });
    expect([response.status, response.body]).toEqual([204, null]);
    expect(response.headers.get("allow")).toBe("GET, HEAD, DELETE, OPTIONS");
  });
});

describe("an unknown path", () => {
  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)("404 for %s", async (method) => {
    const response = await send(notFound[method], "/api/nothing", { method, token: null });
    expect([response.status, (await response.json()).code]).toEqual([404, "not_found"]);
  });

  test("404 for HEAD, without a body", async () => {
    const response = await send(notFound.HEAD, "/api/nothing", { method: "HEAD", token: null });
    expect([response.status, response.body]).toEqual([404, null]);
  });
});
