import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures";

test.describe("GET /api/v1/openapi.json", () => {
  test("200 to everybody: the snapshot that is checked in, to be kept for a while", async ({ api }) => {
    const { status, headers, body } = await api("GET", "/api/v1/openapi.json");
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(readFileSync("lib/client/openapi.json", "utf8")));
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("public, max-age=300");
  });

  test("304 when it is known", async ({ api }) => {
    const { headers } = await api("GET", "/api/v1/openapi.json");
    const etag = headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const known = await api("GET", "/api/v1/openapi.json", { headers: { "if-none-match": etag } });
    expect({ status: known.status, body: known.body }).toEqual({ status: 304, body: "" });
  });
});
