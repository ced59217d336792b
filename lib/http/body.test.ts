import { describe, expect, test } from "vitest";
import { z } from "zod";
import { BODY_LIMIT_BYTES } from "@/lib/http/body";
import { createTestApi, send, sendJson, streamed } from "@/lib/http/fixture";

const { route, logged } = createTestApi();

const echo = route({ auth: "user", summary: "Echo", body: z.json(), output: z.json() }, ({ body }) => body);
const small = route(
  { auth: "user", summary: "Small", body: z.json(), output: z.null(), bodyLimitBytes: 100 },
  () => null,
);

const JSON_HEADERS = { "content-type": "application/json" };
const bytes = (...values: number[]) => ({
  method: "POST",
  headers: JSON_HEADERS,
  body: new Uint8Array(values),
});
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const codeOf = async (response: Response) => `${response.status} ${(await response.json()).code}`;
const pathsOf = async (response: Response) =>
  (await response.json()).errors.map(
    (error: { path: string; code: string }) => `${error.path} ${error.code}`,
  );

describe("a body", () => {
  test.each(["", "{", "{'a':1}", "[1,]", "\0", '"\t"', "undefined"])(
    "400 when it is not JSON: %j",
    async (text) => {
      expect(await codeOf(await sendJson(echo, "/e", text))).toBe("400 malformed");
    },
  );

  test("400 when there is none", async () => {
    expect(await codeOf(await send(echo, "/e", { method: "POST" }))).toBe("400 malformed");
  });

  test.each([
    ["a stray continuation byte", [0x22, 0x80, 0x22]],
    ["an overlong slash", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["UTF-16", [0xff, 0xfe, 0x31, 0x00]],
  ])("400 when it is not UTF-8: %s", async (_, values) => {
    expect(await codeOf(await send(echo, "/e", bytes(...values)))).toBe("400 malformed");
  });

  test("400 when it is nested 33 deep, 200 when 32", async () => {
    expect((await sendJson(echo, "/e", nested(32))).status).toBe(200);
    expect(await codeOf(await sendJson(echo, "/e", nested(33)))).toBe("400 malformed");
    expect(await codeOf(await sendJson(echo, "/e", `${'{"a":'.repeat(33)}1${"}".repeat(33)}`))).toBe(
      "400 malformed",
    );
  });

  test("200 when brackets are text", async () => {
    expect((await sendJson(echo, "/e", [`\\"${"[".repeat(99)}`, "{".repeat(99)])).status).toBe(200);
  });

  test("200 when it is wide and not deep", async () => {
    expect((await sendJson(echo, "/e", `[${Array(99).fill('[{"a":[]}]')}]`)).status).toBe(200);
  });

  test("400 at once when it is 100,000 deep", async () => {
    const startedAt = performance.now();
    expect((await sendJson(echo, "/e", nested(100_000))).status).toBe(400);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test("413 by its declared length, without reading it", async () => {
    let pulls = 0;
    const body = new ReadableStream({ pull: () => void pulls++ }, { highWaterMark: 0 });
    const headers = { ...JSON_HEADERS, "content-length": "101" };
    const response = await send(small, "/s", { method: "POST", headers, body, ...{ duplex: "half" } });
    expect(await codeOf(response)).toBe("413 too_large");
    expect(pulls).toBe(0);
  });

  test("413 while it streams, and no more is read than that takes", async () => {
    let chunks = 0;
    const large = (function* () {
      for (; chunks < 100; chunks++) yield new Uint8Array(64 * 1024).fill(32);
    })();
    const response = await send(echo, "/e", { method: "POST", headers: JSON_HEADERS, ...streamed(large) });
    expect(await codeOf(response)).toBe("413 too_large");
    expect(chunks).toBeLessThan(20);
  });

  test("413 for a declared length that is too small", async () => {
    const headers = { ...JSON_HEADERS, "content-length": "5" };
    const chunks = [new Uint8Array(60).fill(32), new Uint8Array(60).fill(32)];
    const response = await send(small, "/s", { method: "POST", headers, ...streamed(chunks) });
    expect(response.status).toBe(413);
  });

  test("200 at exactly the limit, 413 one byte over", async () => {
    expect((await sendJson(echo, "/e", `"${"x".repeat(BODY_LIMIT_BYTES - 2)}"`)).status).toBe(200);
    expect((await sendJson(echo, "/e", `"${"x".repeat(BODY_LIMIT_BYTES - 1)}"`)).status).toBe(413);
    expect((await sendJson(small, "/s", " ".repeat(99) + 1)).status).toBe(200);
    expect((await sendJson(small, "/s", " ".repeat(100) + 1)).status).toBe(413);
  });

  test("200 in pieces that split a character", async () => {
    const chunks = Array.from(new TextEncoder().encode('"é"'), (byte) => new Uint8Array([byte]));
    const response = await send(echo, "/e", { method: "POST", headers: JSON_HEADERS, ...streamed(chunks) });
    expect((await response.json()).data).toBe("é");
  });

  test.each(["application/json; charset=UTF-8", "application/merge-patch+json", "APPLICATION/JSON"])(
    "200 as %s",
    async (type) => {
      expect((await sendJson(echo, "/e", "1", { headers: { "content-type": type } })).status).toBe(200);
    },
  );

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "application/jsonx",
  ])("415 as %s", async (type) => {
    const response = await sendJson(echo, "/e", "1", { headers: { "content-type": type } });
    expect(await codeOf(response)).toBe("415 unsupported_media_type");
  });

  test("415 without a type", async () => {
    expect((await send(echo, "/e", { method: "POST", body: new Uint8Array([0x31]) })).status).toBe(415);
  });

  test("422 for NUL and half surrogate pairs, wherever they are", async () => {
    const response = await sendJson(echo, "/e", '{"a":"x\\u0000","b":[{"c":"\\ud800"}],"d\\u0000":1}');
    expect(response.status).toBe(422);
    expect(await pathsOf(response)).toEqual([
      "a invalid_characters",
      "b.0.c invalid_characters",
      "d\0 invalid_characters",
    ]);
  });

  test("200 for what only looks like them", async () => {
    const text = '["\\\\u0000", "\\ud83d\\ude00"]';
    expect((await (await sendJson(echo, "/e", text)).json()).data).toEqual(["\\u0000", "😀"]);
  });

  test("200 when a key is given twice: the last counts", async () => {
    expect((await (await sendJson(echo, "/e", '{"a":1,"a":2}')).json()).data).toEqual({ a: 2 });
  });

  test("200 for __proto__, which stays data", async () => {
    const response = await sendJson(echo, "/e", '{"__proto__":{"isAdmin":true},"constructor":1}');
    expect(response.status).toBe(200);
    expect(Reflect.get({}, "isAdmin")).toBeUndefined();
  });

  test("499 in the log, and no error, when the client leaves midway", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
    logged.length = 0;
    await send(echo, "/e", { method: "POST", headers: JSON_HEADERS, body, ...{ duplex: "half" } });
    expect(logged).toEqual([{ line: expect.objectContaining({ status: 499 }), failure: undefined }]);
    expect(logged[0]?.line).not.toHaveProperty("error_code");
  });
});
