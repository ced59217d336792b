import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pages } from "./pages";

describe("printed documents are fresh: run `npm run docs`", () => {
  test.each(Object.entries(pages))("%s", (path, print) => {
    expect(readFileSync(path, "utf8")).toBe(print());
  });
});
