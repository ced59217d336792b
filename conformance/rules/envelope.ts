import { unknownId } from "../person";
import type { Rule } from "../rule";
import { holds, matches, same } from "../verdict";

const JSON_TYPE = { "content-type": "application/json" };

export const envelope: Rule[] = [
  {
    id: "ENV-01",
    rule: 'Success is {"success": true, "data": …} in JSON',
    check: async ({ me }) => {
      const { id } = await me.make();
      for (const path of ["/tasks?limit=1", `/tasks/${id}`, "/sync?limit=1", "/trash?limit=1", "/auth/me"]) {
        const { asked, body, headers } = await me.ask(200, "GET", path);
        same(Object.keys(body).sort(), ["data", "success"], `Members of the answer to ${asked}`);
        same(body.success, true, `success of the answer to ${asked}`);
        matches(headers.get("content-type"), /^application\/json\b/, `Content-Type of ${asked}`);
      }
    },
  },
  {
    id: "ENV-02",
    rule: "An error is a problem document, and its detail a plain string",
    check: async ({ me }) => {
      for (const path of [`/tasks/${unknownId()}`, "/tasks?limit=0", "/nothing"]) {
        const { asked, status, body, headers } = await me.ask(undefined, "GET", path);
        matches(headers.get("content-type"), /^application\/problem\+json\b/, `Content-Type of ${asked}`);
        same([body.success, body.status], [false, status], `success and status of ${asked}`);
        for (const name of ["type", "title", "detail", "code", "request_id"] as const)
          same(typeof body[name], "string", `The kind of ${name} of ${asked}`);
      }
    },
  },
  {
    id: "ENV-03",
    rule: "Every response carries X-Request-Id: the caller's, if it is sane",
    check: async ({ me, anyone }) => {
      const headers = { "x-request-id": "conformance-1.2_3" };
      const answers = [
        await me.ask(200, "GET", "/tasks?limit=1", { headers }),
        await me.ask(404, "GET", `/tasks/${unknownId()}`, { headers }),
        await anyone(401, "GET", "/tasks", { headers }),
        await anyone(200, "GET", "/health", { headers }),
      ];
      for (const { asked, headers: got } of answers)
        same(got.get("x-request-id"), headers["x-request-id"], `X-Request-Id of ${asked}`);
      same(answers[1]?.body.request_id, headers["x-request-id"], "request_id of a problem");
    },
  },
  {
    id: "ENV-04",
    rule: "A request without a sane id gets one of its own",
    check: async ({ anyone }) => {
      const given = ["x".repeat(500), "a b", "<script>", undefined, undefined];
      const ids = [];
      for (const id of given) {
        const { headers } = await anyone(
          200,
          "GET",
          "/health",
          id ? { headers: { "x-request-id": id } } : {},
        );
        ids.push(matches(headers.get("x-request-id"), /^[\w.-]{8,128}$/, "X-Request-Id"));
      }
      same(new Set(ids).size, given.length, "Different ids");
    },
  },
  {
    id: "ENV-05",
    rule: "400 what is not JSON, not UTF-8, or nested deeper than 32",
    check: async ({ me }) => {
      const deep = `${'{"a":'.repeat(40)}1${"}".repeat(40)}`;
      for (const body of ["{title}", "", new Uint8Array([0x22, 0xff, 0x22]), deep])
        await me.ask("malformed", "POST", "/tasks", { body, headers: JSON_TYPE });
    },
  },
  {
    id: "ENV-06",
    rule: "401 is one answer for every reason, and says WWW-Authenticate: Bearer",
    check: async ({ me, anyone }) => {
      const token = await me.token();
      const wrong = [
        undefined,
        "Bearer x",
        "Basic YTpi",
        `Bearer ${token.slice(0, -4)}AAAA`,
        `Bearer ${forged(token)}`,
      ];
      const bodies = [];
      for (const authorization of wrong) {
        const headers = authorization ? { authorization } : undefined;
        const { body, headers: got } = await anyone("unauthenticated", "GET", "/tasks", { headers });
        matches(got.get("www-authenticate"), /^Bearer\b/, "WWW-Authenticate");
        bodies.push({ ...body, request_id: "" });
      }
      for (const body of bodies) same(body, bodies[0], "The body of a 401");
    },
  },
  {
    id: "ENV-07",
    rule: "404 an unknown path, a malformed id and an id that is not there",
    check: async ({ me }) => {
      for (const path of [
        "/nothing",
        "/tasks/1",
        "/tasks/%00",
        `/tasks/${unknownId()}`,
        "/api/nothing/at/all",
      ])
        await me.ask("not_found", "GET", path);
      for (const method of ["PATCH", "PUT", "DELETE"])
        await me.ask("not_found", method, `/tasks/${unknownId()}`, method === "DELETE" ? {} : { body: {} });
    },
  },
  {
    id: "ENV-08",
    rule: "405 names in Allow what there is",
    check: async ({ me }) => {
      const { headers } = await me.ask("method_not_allowed", "DELETE", "/tasks");
      const allowed = (headers.get("allow") ?? "").split(/,\s*/);
      for (const method of ["GET", "POST"]) holds(allowed.includes(method), `Allow names ${method}`, allowed);
      holds(!allowed.includes("DELETE"), "Allow does not name DELETE", allowed);
    },
  },
];

/** The same claims under another signature algorithm: none. */
function forged(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  return `${header}.${token.split(".")[1]}.`;
}
