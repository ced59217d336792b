import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, type ClientOptions, createClient, NetworkError } from "./client";

type Seen = { method: string; url: string; headers: IncomingMessage["headers"]; body: string; at: number };

type Turn = (response: ServerResponse, request: IncomingMessage) => void;

const TASK = { id: "1", title: "Call the plumber", version: 3 };

let seen: Seen[] = [];
let turns: Turn[] = [];
let baseUrl = "";

/** Answers each request by the next turn, and the last one by all that follow. */
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  seen.push({
    method: request.method ?? "",
    url: request.url ?? "",
    headers: request.headers,
    body,
    at: Date.now(),
  });
  const turn = turns.length > 1 ? turns.shift() : turns[0];
  turn?.(response, request);
});

beforeEach(async () => {
  seen = [];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});

afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const client = (options: Partial<ClientOptions> = {}, ...script: Turn[]) => {
  turns = script;
  return createClient({ baseUrl, retry: { firstWaitMs: 1 }, ...options });
};

const json =
  (status: number, body: object, headers: Record<string, string> = {}): Turn =>
  (response) => {
    const type = status < 400 ? "application/json" : "application/problem+json";
    response
      .writeHead(status, { "content-type": type, "x-request-id": "r-1", ...headers })
      .end(JSON.stringify(body));
  };

const found = json(200, { success: true, data: TASK }, { etag: '"3"' });
const problem = (status: number, code: string, headers = {}) =>
  json(status, { status, code, detail: `It is ${code}.`, request_id: "r-1", success: false }, headers);
const busy = problem(503, "unavailable", { "retry-after": "1" });
const cut: Turn = (response) => response.destroy();
const halfCut: Turn = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"success": true, "da');
  setTimeout(() => response.destroy(), 5);
};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

describe("an answer", () => {
  test("is its data, and what its headers say", async () => {
    const headers = { etag: '"3"', "x-change-id": "c-1", "idempotent-replayed": "true" };
    const answer = await client({}, json(201, { success: true, data: TASK }, headers)).tasks.create({
      title: "Tea",
    });
    expect(answer).toEqual({
      data: TASK,
      status: 201,
      etag: '"3"',
      changeId: "c-1",
      isReplay: true,
      requestId: "r-1",
    });
    expect(seen[0]).toMatchObject({ method: "POST", url: "/api/v1/tasks", body: '{"title":"Tea"}' });
    expect(seen[0]?.headers["content-type"]).toBe("application/json");
  });

  test("without an envelope is its data as it is", async () => {
    expect((await client({}, json(200, { status: "healthy" })).health.get()).data).toEqual({
      status: "healthy",
    });
  });

  test.each([202, 204])("%i has no data", async (status) => {
    const answer = await client({}, (response) => response.writeHead(status).end()).tasks.delete("1");
    expect(answer).toMatchObject({ data: null, status });
  });

  test("304 gives back what is known", async () => {
    const api = client({}, found, (response) => response.writeHead(304, { etag: '"3"' }).end());
    const known = await api.tasks.get("1");
    expect(await api.tasks.get("1", { known })).toMatchObject({ data: TASK, status: 304, etag: '"3"' });
    expect(seen[1]?.headers["if-none-match"]).toBe('"3"');
  });

  test("a problem is thrown with all that it says", async () => {
    const body = {
      status: 412,
      code: "precondition_failed",
      detail: "Stale.",
      current: TASK,
      request_id: "r-2",
    };
    const error = await failureOf(client({}, json(412, body)).tasks.update("1", {}, { ifMatch: 2 }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      ...{ status: 412, code: "precondition_failed", detail: "Stale.", current: TASK },
      requestId: "r-2",
      errors: [],
    });
    expect(seen.map(({ headers }) => headers["if-match"])).toEqual(['"2"']);
  });

  test.each<[string, Turn]>([
    [
      "a proxy's page",
      (response) => response.writeHead(502, { "content-type": "text/html" }).end("<h1>502</h1>"),
    ],
    ["a page with a good status", (response) => response.writeHead(200).end("<h1>Welcome</h1>")],
    ["null", (response) => response.writeHead(200).end("null")],
  ])("that is %s is an error that says so", async (_, turn) => {
    const error = await failureOf(client({}, turn).tasks.get("1"));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "unreadable" });
    expect(seen.length).toBe(1);
  });
});

describe("a request", () => {
  test("encodes ids and queries, and leaves out what is undefined", async () => {
    const api = client({ baseUrl: `${baseUrl}/` }, found);
    await api.tasks.get("a/b?c");
    await api.tasks.list({ q: "a&b", limit: 5, completed: false, cursor: undefined });
    expect(seen.map(({ url }) => url)).toEqual([
      "/api/v1/tasks/a%2Fb%3Fc",
      "/api/v1/tasks?q=a%26b&limit=5&completed=false",
    ]);
  });

  test("carries the token that the source has at that moment", async () => {
    const tokens = ["one", "two"];
    const api = client({ token: async () => tokens.shift() ?? null }, busy, found);
    await api.tasks.get("1");
    await api.tasks.get("1");
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer one", "Bearer two", undefined]);
  });

  test("asks once for a fresh token after 401, whatever the method", async () => {
    const asked: boolean[] = [];
    const token = ({ refresh }: { refresh: boolean }) => {
      asked.push(refresh);
      return refresh ? "fresh" : "stale";
    };
    const expired = problem(401, "unauthenticated");
    await client({ token }, expired, found).tasks.delete("1");
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer stale", "Bearer fresh"]);
    const error = await failureOf(client({ token }, expired).tasks.get("1"));
    expect(error).toMatchObject({ status: 401 });
    expect(asked).toEqual([false, true, false, true]);
    expect(seen.length).toBe(4);
  });

  test("is not repeated when there is no fresh token", async () => {
    const token = ({ refresh }: { refresh: boolean }) => (refresh ? null : "stale");
    expect(await failureOf(client({ token }, problem(401, "unauthenticated")).tasks.get("1"))).toMatchObject({
      status: 401,
    });
    expect(seen.length).toBe(1);
  });
});

describe("repeats", () => {
  test.each<[string, Turn]>([
    ["a connection that was cut", cut],
    ["an answer that was cut", halfCut],
    ["503", problem(503, "unavailable")],
    ["429", problem(429, "rate_limited")],
    ["an earlier request with the key that is still running", problem(409, "idempotency_in_progress")],
  ])("after %s, with the same key", async (_, turn) => {
    const answer = await client({}, turn, turn, found).tasks.create({ title: "Tea" });
    expect(answer.data).toEqual(TASK);
    const keys = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(1);
    expect(keys.length).toBe(3);
  });

  test("with another key for another request, and with the caller's own", async () => {
    const api = client({}, found);
    await api.tasks.create({ title: "Tea" });
    await api.tasks.create({ title: "Tea" });
    await api.tasks.create({ title: "Tea" }, { idempotencyKey: "mine" });
    const keys = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe("mine");
  });

  test("not before the server's Retry-After", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    await client({}, busy, found).tasks.get("1");
    const [first, second] = seen;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995);
  });

  test("not at all when Retry-After is longer than the time there is", async () => {
    const begin = Date.now();
    const turn = problem(429, "rate_limited", { "retry-after": "60" });
    expect(await failureOf(client({}, turn).tasks.get("1"))).toMatchObject({
      status: 429,
      retryAfterSeconds: 60,
    });
    expect(seen.length).toBe(1);
    expect(Date.now() - begin).toBeLessThan(1_000);
  });

  test("reads a Retry-After that is a date", async () => {
    const date = new Date(Date.now() + 90_000).toUTCString();
    const turn = problem(503, "unavailable", { "retry-after": date });
    const error = await failureOf(client({}, turn).tasks.get("1"));
    expect(error instanceof ApiError && error.retryAfterSeconds).toBeGreaterThan(80);
  });

  test("only so often", async () => {
    const error = await failureOf(client({ retry: { attempts: 3, firstWaitMs: 1 } }, cut).tasks.get("1"));
    expect(error).toBeInstanceOf(NetworkError);
    expect(seen.length).toBe(3);
  });

  test.each<[string, (api: ReturnType<typeof createClient>) => Promise<unknown>]>([
    ["PUT", (api) => api.tasks.put("1", {})],
    ["DELETE", (api) => api.tasks.delete("1")],
    [
      "a POST whose caller wants no key",
      (api) => api.tasks.create({ title: "Tea" }, { idempotencyKey: false }),
    ],
  ])("never %s", async (_, request) => {
    for (const turn of [cut, busy]) {
      seen = [];
      expect(await failureOf(request(client({}, turn)))).toBeInstanceOf(Error);
      expect(seen.length).toBe(1);
      expect(seen[0]?.headers["idempotency-key"]).toBeUndefined();
    }
  });

  test.each([400, 404, 409, 412, 422, 500, 502])("never after %d", async (status) => {
    expect(await failureOf(client({}, problem(status, "conflict")).tasks.get("1"))).toMatchObject({ status });
    expect(seen.length).toBe(1);
  });
});

describe("an AbortSignal", () => {
  test("ends a request that is waited for", async () => {
    const controller = new AbortController();
    const api = client({}, () => controller.abort(new Error("enough")));
    expect(await failureOf(api.tasks.delete("1", { signal: controller.signal }))).toMatchObject({
      message: "enough",
    });
    expect(seen.length).toBe(1);
  });

  test("ends the wait before the next attempt", async () => {
    const controller = new AbortController();
    const api = client({}, problem(503, "unavailable", { "retry-after": "20" }));
    const begin = Date.now();
    setTimeout(() => controller.abort(new Error("enough")), 50);
    expect(await failureOf(api.tasks.get("1", { signal: controller.signal }))).toMatchObject({
      message: "enough",
    });
    expect(Date.now() - begin).toBeLessThan(5_000);
    expect(seen.length).toBe(1);
  });

  test("that is aborted already sends nothing", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    expect(await failureOf(client({}, found).tasks.get("1", { signal }))).toMatchObject({
      message: "enough",
    });
    expect(seen).toEqual([]);
  });
});
