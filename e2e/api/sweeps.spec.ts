import { SCOPES } from "@/lib/scopes";
import { isLegacy, METHODS, manifest, operations } from "@/server/manifest";
import { type Body, expect, test } from "../fixtures";
import { exampleBody, membersOf, nameOf, pathOf, tableOf } from "../support/endpoints";
import { columnsOf, rowsOf } from "../support/rows";

const SOME_ID = "01932f6e-8000-7000-8000-00000000ffff";

/** Whoever adds to this list has thought about it. */
const PUBLIC = [
  "GET /api/v1/openapi.json",
  "GET /health",
  "GET /health/auth",
  "GET /health/db",
  "GET /health/ready",
  "POST /api/v1/auth/email/verify",
  "POST /api/v1/auth/password/forgot",
  "POST /api/v1/auth/password/reset",
  "POST /api/v1/auth/refresh",
  "POST /api/v1/auth/signin",
  "POST /api/v1/auth/signup",
];

const ofUsers = operations.filter(({ policy }) => policy.auth === "user");
const withId = operations.filter(({ pattern }) => pattern.includes("{id}"));
const withBody = operations.filter(({ policy }) => policy.body !== undefined);

const anyPath = (pattern: string) => pattern.replaceAll(/\{\w+\}/g, SOME_ID);

const withoutRequestId = ({ request_id: _, ...rest }: Body) => rest;

test("every endpoint wants a token and a scope, but for those that are public on purpose", () => {
  const isOpen = ({ policy }: (typeof operations)[number]) => policy.auth !== "user";
  expect(operations.filter(isOpen).map(nameOf).sort()).toEqual(PUBLIC);
  expect(ofUsers.filter(({ policy }) => policy.scope === undefined).map(nameOf)).toEqual([]);
});

test("every endpoint that reads wants a scope to read, and every other one a scope to write", () => {
  const wrong = ofUsers.filter(({ method, policy }) => {
    const wanted = method === "GET" ? ":read" : ":write";
    return !policy.scope?.endsWith(wanted);
  });
  expect(wrong.map(nameOf)).toEqual([]);
});

test.describe("without a token", () => {
  for (const operation of ofUsers)
    test(`401 ${nameOf(operation)}, whatever is asked and sent`, async ({ api }) => {
      const path = anyPath(operation.pattern);
      const wrong = { authorization: "Bearer eyJhbGciOiJub25lIn0.e30." };
      const answers = [
        await api(operation.method, path, { body: exampleBody(operation) }),
        await api(operation.method, path, { body: exampleBody(operation), headers: wrong }),
        await api(operation.method, `${path}?x=1`, { body: operation.policy.body && "{" }),
      ];
      for (const { status, headers, body } of answers) {
        expect(status).toBe(401);
        expect(headers.get("www-authenticate")).toBe("Bearer");
        expect(withoutRequestId(body)).toEqual({
          type: "urn:fourfold:problem:unauthenticated",
          title: "Not authenticated",
          status: 401,
          detail: "The credentials are missing, wrong or expired.",
          code: "unauthenticated",
          success: false,
        });
      }
    });
});

test.describe("with a token for everything else", () => {
  for (const operation of ofUsers)
    test(`403 ${nameOf(operation)} names the scope that is missing`, async ({ newUser }) => {
      const { scope } = operation.policy;
      const user = await newUser(SCOPES.filter((each) => each !== scope));
      const path = anyPath(operation.pattern);
      const { status, headers, body } = await user.api(operation.method, path, {
        body: exampleBody(operation),
      });
      expect({ status, code: body.code }).toEqual({ status: 403, code: "insufficient_scope" });
      expect(body.detail).toContain(scope);
      expect(headers.get("www-authenticate")).toBe(`Bearer error="insufficient_scope", scope="${scope}"`);
    });
});

test.describe("T-42 with another user's id", () => {
  for (const operation of withId)
    test(`404 ${nameOf(operation)}, and nothing has changed`, async ({ user, newUser, server }) => {
      const path = await pathOf(operation, user);
      const before = await rowsOf(server.databaseUrl, user.id);
      const stranger = await newUser();
      const call = { body: exampleBody(operation) };
      const refused = await stranger.api(operation.method, path, call);
      expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 404, code: "not_found" });
      expect(JSON.stringify(refused.body)).not.toContain(user.id);
      expect(await rowsOf(server.databaseUrl, user.id)).toEqual(before);
      const own = await user.api(operation.method, path, call);
      expect(own.status, "the owner may").toBeLessThan(300);
    });
});

const SENTINELS: Record<string, unknown> = {
  uuid: SOME_ID,
  integer: 77,
  smallint: 7,
  boolean: true,
  text: "sentinel",
  jsonb: { sentinel: true },
  "timestamp with time zone": "2001-01-01T00:00:00.000Z",
};

test.describe("with a column in the body that it does not list", () => {
  for (const operation of withBody)
    test(`${isLegacy(operation) ? "200 ignores" : "422 names"} each: ${nameOf(operation)}`, async ({
      user,
      server,
    }) => {
      const path = await pathOf(operation, user);
      const columns = await columnsOf(server.databaseUrl, tableOf(operation));
      const listed = membersOf(operation);
      const others = [
        ...columns,
        { name: "user_id", type: "uuid" },
        { name: "urgent", type: "boolean" },
      ].filter(({ name }) => !listed.includes(name));
      expect(columns.length, "columns of the table").toBeGreaterThan(4);
      for (const { name, type } of others) {
        const value = SENTINELS[type];
        expect(value, `a value of type ${type}`).toBeDefined();
        const before = await rowsOf(server.databaseUrl, user.id);
        const body = { ...exampleBody(operation), [name]: value };
        const answer = await user.api(operation.method, path, { body });
        if (isLegacy(operation)) {
          expect(answer.status, name).toBeLessThan(300);
          expect(JSON.stringify(await rowsOf(server.databaseUrl, user.id)), name).not.toContain(`"${value}"`);
        } else {
          expect({ status: answer.status, errors: answer.body.errors }, name).toEqual({
            status: 422,
            errors: [{ path: name, code: "unrecognized_key", message: "is unknown or read-only" }],
          });
          expect(await rowsOf(server.databaseUrl, user.id), name).toEqual(before);
        }
      }
    });
});

test.describe("every path", () => {
  for (const { pattern, operations: own } of manifest) {
    const methods: string[] = own.map(({ method }) => method);
    const allow = [
      ...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : method)),
      "OPTIONS",
    ].sort();
    const allowOf = (headers: Headers) => headers.get("allow")?.split(", ").sort();

    test(`405 with Allow for what it lacks, 204 for OPTIONS: ${pattern}`, async ({ user }) => {
      const path = anyPath(pattern);
      for (const method of METHODS.filter((each) => !methods.includes(each))) {
        const { status, headers, body } = await user.api(method, path);
        expect({ method, status, code: body.code }).toEqual({
          method,
          status: 405,
          code: "method_not_allowed",
        });
        expect(allowOf(headers)).toEqual(allow);
      }
      const options = await user.api("OPTIONS", path);
      expect({ status: options.status, body: options.body }).toEqual({ status: 204, body: "" });
      expect(allowOf(options.headers)).toEqual(allow);
    });

    test(`${methods.includes("GET") ? "200 for HEAD as for GET" : "405 for HEAD, as there is no GET"}: ${pattern}`, async ({
      user,
    }) => {
      const path = await pathOf({ pattern }, user);
      const get = await user.api("GET", path);
      const head = await user.api("HEAD", path);
      expect(head.status).toBe(methods.includes("GET") ? 200 : 405);
      expect(head.body).toBe("");
      const told = ({ headers }: typeof get) =>
        ["content-type", "content-length", "etag", "allow", "cache-control"].map((name) => headers.get(name));
      expect(told(head)).toEqual(told(get));
    });
  }
});

test.describe("a path under /api that is none", () => {
  const PATHS = [
    "/api/x",
    "/api/v1",
    "/api",
    "/api/v1/x",
    "/api/v1/tasks/x/y/z",
    "/api/v2/tasks",
    "/api/v1/%00",
    "/api/health",
  ];
  for (const path of PATHS)
    test(`404 with a problem document: ${path}`, async ({ api, user }) => {
      for (const method of METHODS)
        for (const call of [api, user.api]) {
          const { status, headers, body } = await call(method, path);
          expect({ method, status, code: body.code }).toEqual({ method, status: 404, code: "not_found" });
          expect(headers.get("content-type")).toBe("application/problem+json");
        }
    });
});
