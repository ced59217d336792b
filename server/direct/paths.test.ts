import { expect, test } from "vitest";
import { createPaths } from "./paths";

const find = createPaths([
  ["/tasks", "all"],
  ["/tasks/quick", "quick"],
  ["/tasks/{id}", "one"],
  ["/tasks/{id}/complete", "complete"],
  ["/sessions/{id}", "session"],
]);

test.each([
  ["/tasks", "all", {}],
  ["/tasks/quick", "quick", {}],
  ["/tasks/7", "one", { id: "7" }],
  ["/tasks/7/complete", "complete", { id: "7" }],
  ["/tasks/quick/complete", "complete", { id: "quick" }],
  ["/tasks/a%20b%2Fc", "one", { id: "a b/c" }],
  ["/tasks/__proto__", "one", { id: "__proto__" }],
  ["/sessions/8", "session", { id: "8" }],
])("%s is found", (path, target, params) => {
  expect(find(path)).toEqual({ target, params });
});

test.each([
  "/",
  "/task",
  "/tasks/",
  "/tasks/7/",
  "/tasks//complete",
  "/tasks/7/restore",
  "/sessions",
  "/tasks/%zz",
  "tasks",
])("%s is not", (path) => {
  expect(find(path)).toBeUndefined();
});
