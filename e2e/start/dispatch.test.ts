import { type IncomingHttpHeaders, request as open } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "@/e2e/factories";
import { createDatabase } from "@/e2e/support/database";
import { type Dispatch, type Server, startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";
import { manifest } from "@/server/manifest";

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
const SOME_ID = "01932f6e-8000-7000-8000-00000000ffff";

/** What differs between two answers of one server, or belongs to the connection. */
const PASSING = [
  "date",
  "x-request-id",
  "ratelimit",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "vary",
  "etag",
  // Next takes it away whenever it might compress.
  "content-length",
];

let database: Awaited<ReturnType<typeof createDatabase>>;
let servers: Record<Dispatch, Server>;
let people: Record<Dispatch, Person>;

beforeAll(async () => {
  await build();
  database = await createDatabase();
  const { url: databaseUrl } = database;
  const start = (dispatch: Dispatch) => startServer({ databaseUrl, driver: "pg", dispatch });
  servers = { direct: await start("direct"), next: await start("next") };
  people = { direct: await createPerson(databaseUrl), next: await createPerson(databaseUrl) };
}, 300_000);

afterAll(async () => {
  await Promise.all([servers.direct.stop(), servers.next.stop()]);
  await database.drop();
});

type Asked = { method: string; path: string; headers?: Record<string, string>; body?: string };

async function ask(dispatch: Dispatch, { method, path, headers = {}, body }: Asked, person?: Person) {
  const { url } = servers[dispatch];
  const all = { ...headers, ...(person && { authorization: `Bearer ${person.token}` }) };
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    open(url, { method, path, headers: all, agent: false }, async (response) => {
      const { statusCode: status = 0 } = response;
      resolve({ status, headers: response.headers, body: masked(await text(response)) });
    })
      .on("error", reject)
      .end(body);
  });
}

/** Two people have other ids and addresses, and two moments are not one. */
const masked = (body: string) =>
  body
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>")
    .replaceAll(/"[^"@]+@[^"]+"/g, '"<address>"')
    .replaceAll(/"(next_token|token|prev_token|exported_at)":"[^"]*"/g, '"$1":"<token>"');

const lasting = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !PASSING.includes(name)));

/** Next adds what its pages vary by. */
const varying = ({ vary = "" }: IncomingHttpHeaders) =>
  vary.split(/, */).filter((name) => !/^(rsc|next-|accept-encoding|$)/i.test(name));

async function expectSame(asked: Asked, isKnown: boolean): Promise<void> {
  const [direct, next] = await Promise.all(
    (["direct", "next"] as const).map(async (dispatch) => {
      const { headers, ...rest } = await ask(dispatch, asked, isKnown ? people[dispatch] : undefined);
      return { ...rest, headers: lasting(headers), vary: varying(headers) };
    }),
  );
  expect({ ...asked, ...direct }).toEqual({ ...asked, ...next });
}

const pathOf = (pattern: string) => pattern.replaceAll(/\{\w+\}/g, SOME_ID);

describe("npm start answers as Next does", { timeout: 60_000 }, () => {
  describe.each(manifest.map(({ pattern }) => pattern))("%s", (pattern) => {
    test.each(METHODS)("%s without a token", async (method) => {
      await expectSame({ method, path: pathOf(pattern) }, false);
      await expectSame(
        { method, path: pathOf(pattern), headers: { origin: "https://other.example" } },
        false,
      );
    });

    const isEnd = /signout|auth\/(me|sessions)$/.test(pattern);
    test.each(METHODS.filter((method) => !isEnd || method === "GET"))("%s with one", async (method) => {
      const headers = { "content-type": "application/json" };
      await expectSame({ method, path: pathOf(pattern) }, true);
      const hasBody = ["POST", "PUT", "PATCH"].includes(method);
      if (!hasBody) return;
      for (const body of ["", "{", "[]", '{"surprise":1}'])
        await expectSame({ method, path: pathOf(pattern), headers, body }, true);
    });
  });

  test.each([
    "/api/v1",
    "/api/v1/nothing",
    "/api/v1/tasks/a%20b",
    "/api/v1/tasks/a%2Fb",
    `/api/v1/tasks/${SOME_ID.toUpperCase()}`,
    "/api/v1/tasks/quick/complete",
    "/api/v1/tasks?limit=1&limit=2",
    "/api/v1/tasks?%",
    "/api/v1/tasks?",
    "/api/v1/tasks/",
    "/api/v1//tasks",
    "/api/v1/tasks/?limit=1",
    "/api/tasksx",
    "/health/",
    "/metrics",
    "/metrics/",
    "/api/v2/tasks",
  ])("%s", async (path) => {
    for (const method of ["GET", "HEAD", "POST"] as const) await expectSame({ method, path }, true);
  });

  test("a body that is refused unread leaves the connection to the next request", async () => {
    const big = "x".repeat(2_000_000);
    const headers = { "content-type": "application/json" };
    await expectSame(
      { method: "POST", path: "/api/v1/tasks", headers, body: JSON.stringify({ title: big }) },
      true,
    );
  });
});

describe("compression", () => {
  const list = { method: "GET", path: "/api/v1/openapi.json" };
  const encodingFor = async (coding: string) => {
    const { headers } = await ask("direct", { ...list, headers: { "accept-encoding": coding } });
    return [headers["content-encoding"], headers.vary];
  };

  test.each(["gzip", "br, gzip;q=0.5", "*"])("%s gets gzip", async (coding) => {
    expect(await encodingFor(coding)).toEqual(["gzip", "Accept-Encoding"]);
  });

  test.each(["", "br", "gzip;q=0", "gzip;q=0.0, br", "*;q=0"])("'%s' does not", async (coding) => {
    expect(await encodingFor(coding)).toEqual([undefined, "Accept-Encoding"]);
  });

  test("what arrives is what was sent", async () => {
    const plain = await ask("direct", list);
    const unpacked = await fetch(servers.direct.url + list.path).then((response) => response.text());
    expect(masked(unpacked)).toBe(plain.body);
    const { token } = people.direct;
    const kept = await fetch(`${servers.direct.url}/api/v1/export`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(kept.headers.get("content-encoding")).toBe("gzip");
    expect((await kept.json()).success).toBe(true);
  });

  test("a short answer is sent as it is", async () => {
    const { headers } = await ask("direct", {
      method: "GET",
      path: "/health",
      headers: { "accept-encoding": "gzip" },
    });
    expect(headers["content-encoding"]).toBeUndefined();
  });
});

describe("what Next answers bare has a body that explains", () => {
  test.each([
    ["GET", "/api/v1/tasks/%zz", 404, "not_found"],
    ["TRACE", "/api/v1/tasks", 405, "method_not_allowed"],
    ["PROPFIND", "/api/v1/tasks", 405, "method_not_allowed"],
  ])("%s %s", async (method, path, status, code) => {
    const answer = await ask("direct", { method, path }, people.direct);
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([status, code]);
  });
});
