import { describe, expect, test } from "vitest";
import { patternOf, targetOf } from "@/lib/http/target";

describe("the target of a request", () => {
  test.each([
    ["http://localhost:3000/api/v1/tasks?q=a?b", "/api/v1/tasks", "?q=a?b"],
    ["https://api.example.org/", "/", ""],
    ["/api/v1/tasks?limit=1", "/api/v1/tasks", "?limit=1"],
    ["/health", "/health", ""],
  ])("%s", (url, pathname, search) => {
    expect(targetOf({ url })).toEqual({ pathname, search });
  });
});

describe("the pattern of a path", () => {
  test.each([
    ["/tasks", {}, "/tasks"],
    ["/tasks/7", { id: "7" }, "/tasks/{id}"],
    ["/tasks/7/notes/8", { id: "7", note: "8" }, "/tasks/{id}/notes/{note}"],
    ["/tasks/7/notes/7", { id: "7", note: "7" }, "/tasks/{id}/notes/{note}"],
    ["/tasks/7/complete", { id: "7" }, "/tasks/{id}/complete"],
    ["/tasks/tasks", { id: "tasks" }, "/tasks/{id}"],
    ["/tasks/77", { id: "7" }, "unknown"],
    ["/tasks/%37", { id: "7" }, "unknown"],
    ["/files/a/b", { path: ["a", "b"] }, "unknown"],
  ])("%s with %j is %s", (pathname, params, pattern) => {
    expect(patternOf(pathname, params)).toBe(pattern);
  });
});
