import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { requireSameOrigin } from "./same-origin";

const OWN = "https://tasks.example.org";

function answerTo(headers: Record<string, string>): string {
  const request = new Request(`${OWN}/api/auth/token`, { method: "POST" });
  const incoming = {
    method: "POST",
    url: request.url,
    signal: request.signal,
    body: null,
    headers: new Headers(headers),
  };
  try {
    requireSameOrigin(incoming, [OWN]);
    return "passes";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

const SITES = ["same-origin", "same-site", "cross-site", "none", undefined];

const ORIGINS = {
  own: OWN,
  "another site": "https://evil.example",
  "a sibling host": "https://other.example.org",
  "a host that begins alike": "https://tasks.example.org.evil.example",
  "a host that ends alike": "https://eviltasks.example.org",
  "the other scheme": "http://tasks.example.org",
  "another port": "https://tasks.example.org:8443",
  "a path": "https://tasks.example.org/",
  null: "null",
  none: undefined,
};

const TYPES = {
  "application/json": "application/json",
  "JSON with a charset": "application/json; charset=utf-8",
  "a form": "application/x-www-form-urlencoded",
  "a form with files": "multipart/form-data; boundary=x",
  text: "text/plain",
  "JSON in disguise": "text/plain; application/json",
  "no type": undefined,
};

const given = (headers: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])));

describe("T-39 a request with a cookie comes from a page of ours", () => {
  for (const site of SITES)
    test(`by its origin and its type, with Sec-Fetch-Site ${site ?? "absent"}`, () => {
      for (const [originName, origin] of Object.entries(ORIGINS))
        for (const [typeName, type] of Object.entries(TYPES)) {
          const isOwn = site === undefined ? origin === OWN : site === "same-origin";
          const isJson = type?.startsWith("application/json") ?? false;
          const expected = isOwn ? (isJson ? "passes" : "unsupported_media_type") : "forbidden";
          const headers = given({ "sec-fetch-site": site, origin, "content-type": type });
          expect(answerTo(headers), `Origin ${originName}, ${typeName}`).toBe(expected);
        }
    });

  test("forbidden: a Referer of ours stands for no Origin", () => {
    expect(answerTo({ referer: `${OWN}/matrix`, "content-type": "application/json" })).toBe("forbidden");
  });

  test("forbidden: a list of two sites", () => {
    const headers = { "sec-fetch-site": "same-origin, cross-site", "content-type": "application/json" };
    expect(answerTo(headers)).toBe("forbidden");
  });
});
