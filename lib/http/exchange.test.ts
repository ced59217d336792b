import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, ERROR_CODES } from "@/lib/errors";
import {
  createTestApi,
  DatabaseGone,
  NOTE_ID,
  Note,
  noteRow,
  send,
  sendJson,
  USER_ID,
} from "@/lib/http/fixture";
import { PROBLEMS } from "@/lib/http/problem";

const { route, endpoint, notFound, logged } = createTestApi();

const failing = (error: unknown) =>
  route({ auth: "user", summary: "Fails", output: null }, () => {
    throw error;
  });

const note = endpoint({
  GET: route(
    { auth: "user", summary: "Find", params: z.object({ id: z.uuid() }), output: Note, conditional: true },
    () => noteRow(),
  ),
  PATCH: route(
    {
      auth: "user",
      summary: "Change",
      body: z.strictObject({}),
      output: Note,
      conditional: true,
      idempotent: true,
    },
    ({ ctx: { write } }) => {
      write.changeId = "42";
      write.isReplay = write.idempotency !== null;
      return noteRow();
    },
  ),
});
const PATH = `/api/v1/notes/${NOTE_ID}`;
const get = (headers: Record<string, string> = {}, token?: string) =>
  send(note.GET, PATH, { params: { id: NOTE_ID }, headers, token: token ?? "writer" });

describe("every answer", () => {
  test("echoes a sane X-Request-Id, and makes one otherwise", async () => {
    expect((await get({ "x-request-id": "trace_1.a-B" })).headers.get("x-request-id")).toBe("trace_1.a-B");
    for (const given of ["", "a b", "x".repeat(129), 'a"b', "é"]) {
      const { headers } = await get(given === "" ? {} : { "x-request-id": given });
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test("carries the security headers, errors included", async () => {
    for (const response of [await get(), await get({}, "nobody"), await send(note.DELETE, PATH)]) {
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
    }
  });

  test("is not stored, and with an ETag not without asking", async () => {
    expect((await get()).headers.get("cache-control")).toBe("private, no-cache");
    expect((await get({}, "nobody")).headers.get("cache-control")).toBe("no-store");
  });

  test("tells its length in bytes", async () => {
    const response = await send(failing(new AppError("conflict", "é")), "/f");
    expect(response.headers.get("content-length")).toBe(String((await response.arrayBuffer()).byteLength));
  });
});

describe("GET with If-None-Match", () => {
  test.each(['"3"', 'W/"3"', '"1", "3"', "*"])("304 for %s, without body or type", async (tag) => {
    const response = await get({ "if-none-match": tag });
    expect([response.status, response.body, response.headers.get("content-type")]).toEqual([304, null, null]);
    expect([response.headers.get("etag"), response.headers.get("cache-control")]).toEqual([
      '"3"',
      "private, no-cache",
    ]);
  });

  test.each(['"2"', "3", '"33"', ""])("200 for %j", async (tag) => {
    expect((await get({ "if-none-match": tag })).status).toBe(200);
  });

  test("200 for a write, whatever it says", async () => {
    const sent = { method: "PATCH", headers: { "if-none-match": '"3"' } };
    expect((await sendJson(note.PATCH, PATH, {}, sent)).status).toBe(200);
  });
});

describe("a write", () => {
  test("200 tells its change", async () => {
    const { headers } = await sendJson(note.PATCH, PATH, {}, { method: "PATCH" });
    expect([headers.get("x-change-id"), headers.get("idempotent-replayed")]).toEqual(["42", null]);
  });

  test("200 says when it was a replay", async () => {
    const sent = { method: "PATCH", headers: { "idempotency-key": "k" } };
    const { headers } = await sendJson(note.PATCH, PATH, {}, sent);
    expect(headers.get("idempotent-replayed")).toBe("true");
  });
});

describe("a failure", () => {
  test("500 tells nothing but its request id", async () => {
    const sentinels = new Error("sentinel-message", { cause: new Error("sentinel-cause") });
    const response = await send(failing(sentinels), "/f", { headers: { "x-request-id": "r1" } });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: "urn:fourfold:problem:internal",
      title: "Internal error",
      status: 500,
      detail: "Something went wrong here. Name the request id when you report it.",
      code: "internal",
      request_id: "r1",
      success: false,
    });
  });

  test.each([null, undefined, "text", { code: "x" }])("500 when %j is thrown", async (thrown) => {
    expect((await send(failing(thrown), "/f")).status).toBe(500);
  });

  test("503 for a database that is gone, with Retry-After", async () => {
    const response = await send(failing(new DatabaseGone("sentinel-host")), "/f");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await response.text()).not.toContain("sentinel");
  });

  test("429 tells when to come back, in whole seconds", async () => {
    const error = new AppError("rate_limited", "Slow down.", { retryAfterSeconds: 1.2 });
    const response = await send(failing(error), "/f");
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "2"]);
  });

  test.each(ERROR_CODES)("%s has its status in the document and on the line", async (code) => {
    const response = await send(failing(new AppError(code, "Said so.")), "/f");
    expect([response.status, await response.json()]).toEqual([
      PROBLEMS[code].status,
      expect.objectContaining({ code, status: PROBLEMS[code].status, success: false }),
    ]);
  });
});

describe("the line in the log", () => {
  const lineOf = async (response: Promise<Response>) => {
    logged.length = 0;
    await response;
    expect(logged).toHaveLength(1);
    return logged[0];
  };

  test("names the endpoint by its pattern and holds nothing else of the request", async () => {
    const logged = await lineOf(get({ "x-request-id": "r1", cookie: "sentinel" }));
    expect(logged?.line).toEqual({
      request_id: "r1",
      method: "GET",
      route: "/api/v1/notes/{id}",
      status: 200,
      duration_ms: expect.any(Number),
      user_id: USER_ID,
    });
  });

  test("names the code of an error, and no failure below 500", async () => {
    const logged = await lineOf(get({}, "nobody"));
    expect(logged?.line).toMatchObject({ status: 401, error_code: "unauthenticated" });
    expect(logged?.line).not.toHaveProperty("user_id");
    expect(logged?.failure).toBeUndefined();
  });

  test("hands over what was thrown for a 5xx", async () => {
    const error = new Error("broken");
    expect(await lineOf(send(failing(error), "/f"))).toMatchObject({
      line: { error_code: "internal" },
      failure: error,
    });
  });

  test("never holds a path that is no route's", async () => {
    const unknown = { status: 404, route: "unknown" };
    const sent = { params: { path: ["sentinel"] } };
    expect((await lineOf(send(notFound.GET, "/api/sentinel", sent)))?.line).toMatchObject(unknown);
    expect((await lineOf(send(notFound.GET, "/api/sentinel")))?.line).toMatchObject(unknown);
  });

  test("knows a client that left from a fault", async () => {
    const waiting = route({ auth: "user", summary: "Waits", output: null }, ({ request: { signal } }) => {
      signal.throwIfAborted();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const controller = new AbortController();
    const response = lineOf(send(waiting, "/w", { signal: controller.signal }));
    setTimeout(() => controller.abort(), 5);
    expect(await response).toMatchObject({ line: { status: 499 }, failure: undefined });
  });

  test("still calls a fault a fault when the client has left", async () => {
    const signal = AbortSignal.abort();
    const logged = await lineOf(send(failing(new TypeError("bug")), "/f", { signal }));
    expect(logged?.line.status).toBe(500);
  });
});
