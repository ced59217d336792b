import { describe, expect, test } from "vitest";
import { HOME, nextPath } from "./next-path";

describe("where to go after signing in", () => {
  for (const path of ["/", "/matrix", "/tasks?sort=title#today", "/a//b", "/%2F%2Fevil.example", "/apis"])
    test(`is ${path} when that was asked for`, () => {
      expect(nextPath(path)).toBe(path);
    });

  const strangers = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "http:/evil.example",
    "",
    `/${"a".repeat(3_000)}`,
    "/api/auth/token",
    "/API/v1/tasks",
    "/x/../api",
    undefined,
    ["/matrix"],
    7,
  ];
  for (const asked of strangers)
    test(`is the start page for ${JSON.stringify(asked)?.slice(0, 40)}`, () => {
      expect(nextPath(asked)).toBe(HOME);
    });

  test("stays on this host for every path that it lets through", () => {
    for (const asked of ["/matrix", "/a//b", "/a@b", "/a:80", "/%5Cevil.example", "/?next=//evil.example"])
      expect(new URL(nextPath(asked), "https://tasks.example.org").host).toBe("tasks.example.org");
  });
});
