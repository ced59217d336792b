import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestApi, send, sendJson } from "@/lib/http/fixture";
import { queryBoolean, queryInteger } from "@/lib/wire";

const { route } = createTestApi();

const list = route(
  {
    auth: "user",
    summary: "List",
    query: z.strictObject({
      limit: queryInteger(1, 100).prefault(50),
      done: queryBoolean().optional(),
      q: z.string().optional(),
    }),
    output: z.json(),
  },
  ({ query }) => query,
);
const terms = route(
  {
    auth: "user",
    summary: "Terms",
    body: z.strictObject({ version: z.int().optional() }),
    output: z.json(),
    idempotent: true,
    conditional: true,
  },
  ({ ctx: { write } }) => ({
    ifMatch: write.ifMatch ? [...write.ifMatch] : null,
    key: write.idempotency?.key ?? null,
    fingerprint: write.idempotency ? Buffer.from(write.idempotency.fingerprint).toString("hex") : null,
  }),
);

const codeOf = async (response: Response) => `${response.status} ${(await response.json()).code}`;
const pathsOf = async (response: Response) =>
  (await response.json()).errors.map(
    (error: { path: string; code: string }) => `${error.path} ${error.code}`,
  );

describe("a query", () => {
  test("200 with defaults, numbers and booleans", async () => {
    expect((await (await send(list, "/l")).json()).data).toEqual({ limit: 50 });
    const given = (await (await send(list, "/l?limit=1&done=false&q=a%20b+c")).json()).data;
    expect(given).toEqual({ limit: 1, done: false, q: "a b c" });
  });

  test.each([
    ["limit=0", "limit too_small"],
    ["limit=101", "limit too_big"],
    ["limit=", "limit invalid_type"],
    ["limit=1e1", "limit invalid_type"],
    ["limit=%201", "limit invalid_type"],
    ["limit=99999999999999999999", "limit invalid_type"],
    ["done=1", "done invalid_type"],
    ["done=TRUE", "done invalid_type"],
    ["x=1", "x unrecognized_key"],
    ["__proto__=1", "__proto__ unrecognized_key"],
    ["limit=1&limit=2", "limit repeated"],
    ["q=%00", "q invalid_characters"],
  ])("422 for ?%s", async (search, expected) => {
    const response = await send(list, `/l?${search}`);
    expect([response.status, await pathsOf(response)]).toEqual([422, [expected]]);
  });

  test("400 when it is not UTF-8, 200 for a replacement character that was meant", async () => {
    expect(await codeOf(await send(list, "/l?q=%FF"))).toBe("400 malformed");
    expect((await send(list, "/l?q=%EF%BF%BD")).status).toBe(200);
  });

  test("is described as numbers and booleans", () => {
    expect(z.toJSONSchema(list.policy.query, { io: "input" }).properties).toEqual({
      limit: { type: "integer", minimum: 1, maximum: 100, default: 50 },
      done: { type: "boolean" },
      q: { type: "string" },
    });
  });
});

describe("the terms of a write", () => {
  const write = async (body: unknown, headers: Record<string, string> = {}, path = "/t") => {
    const response = await sendJson(terms, path, body, { headers });
    return response.ok ? (await response.json()).data : `${response.status} ${await pathsOf(response)}`;
  };

  test.each([
    [{}, "*", null],
    [{}, '"3"', [3]],
    [{}, 'W/"3"', [3]],
    [{}, '"3" , "4"', [3, 4]],
    [{}, '"abc"', []],
    [{ version: 4 }, undefined, [4]],
    [{ version: 4 }, "*", [4]],
    [{ version: 4 }, '"4"', [4]],
  ])("%j with If-Match %s accepts %j", async (body, ifMatch, expected) => {
    const headers: Record<string, string> = ifMatch ? { "if-match": ifMatch } : {};
    expect(await write(body, headers)).toMatchObject({ if_match: expected });
  });

  test.each(["", "3", '"3', "abc", '"3" "4"'])("422 for If-Match %j", async (header) => {
    expect(await write({}, { "if-match": header })).toBe("422 If-Match invalid_format");
  });

  test("422 for a version that is not the one of If-Match", async () => {
    expect(await write({ version: 4 }, { "if-match": '"3"' })).toBe("422 version conflict");
  });

  test.each(["", "x".repeat(256), "é"])("422 for the Idempotency-Key %j", async (key) => {
    expect(await write({}, { "idempotency-key": key })).toBe("422 Idempotency-Key invalid_format");
  });

  test("the fingerprint is the same for the same request only", async () => {
    const headers = { "idempotency-key": "k" };
    const [first, again, otherBody, otherPath] = await Promise.all([
      write({}, headers),
      write({}, headers),
      write({ version: 1 }, headers),
      write({}, headers, "/u"),
    ]);
    expect(first).toMatchObject({ key: "k", fingerprint: again.fingerprint });
    expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set([first, otherBody, otherPath].map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});
