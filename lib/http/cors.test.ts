import { describe, expect, test } from "vitest";
import { createTestApi, NOTE_ID, notesOf, ORIGIN, send } from "@/lib/http/fixture";

const { route, endpoint } = createTestApi();
const { find, create } = notesOf({ route });
const notes = endpoint({ GET: find, PATCH: create });
const PATH = `/api/v1/notes/${NOTE_ID}`;
const get = (headers: Record<string, string> = {}, token = "writer") =>
  send(notes.GET, PATH, { params: { id: NOTE_ID }, headers, token });

describe("CORS", () => {
  const preflight = (origin: string) =>
    send(notes.OPTIONS, PATH, {
      method: "OPTIONS",
      token: null,
      headers: { origin, "access-control-request-method": "PATCH" },
    });
  const corsOf = ({ headers }: Response) =>
    [...headers.keys()].filter((name) => name.startsWith("access-control-"));

  test("T-40 lets in an origin of the list, without credentials, and exposes the contract's headers", async () => {
    const { headers } = await get({ origin: ORIGIN });
    expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("vary")).toBe("Origin");
    expect(headers.get("access-control-expose-headers")).toBe(
      "ETag, Location, Link, Deprecation, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, X-Change-Id, Idempotent-Replayed",
    );
  });

  test("lets it read errors too", async () => {
    expect((await get({ origin: ORIGIN }, "nobody")).headers.get("access-control-allow-origin")).toBe(ORIGIN);
  });

  test("answers its preflight", async () => {
    const response = await preflight(ORIGIN);
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": "GET, HEAD, PATCH, OPTIONS",
      "access-control-allow-headers": expect.stringContaining(
        "Authorization, Content-Type, Idempotency-Key, If-Match",
      ),
      "access-control-max-age": "7200",
    });
  });

  test.each([
    "null",
    "https://app.example.org.evil.org",
    "https://evil-app.example.org",
    "http://app.example.org",
    "https://app.example.org:444",
    "https://APP.example.org",
    "https://app.example.org/",
    "https://app.example.org:443",
    "https://app.example.org.",
    "https://app.example.organic",
    "https://app_example.org",
    "https://app.example.org%2eevil.org",
    "https://eve@app.example.org",
    "https://evil.org, https://app.example.org",
    "file://",
    "*",
    "",
  ])("T-40 says nothing to %j", async (origin) => {
    expect(corsOf(await get({ origin }))).toEqual([]);
    expect(corsOf(await preflight(origin))).toEqual([]);
  });

  test("T-40 is off by default", async () => {
    const { route } = createTestApi([]);
    const plain = route({ auth: "public", summary: "Plain", output: null }, () => {});
    const response = await send(plain, "/p", { headers: { origin: ORIGIN } });
    expect([corsOf(response), response.headers.get("vary")]).toEqual([[], null]);
  });
});
