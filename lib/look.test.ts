import { expect, test } from "vitest";
import { LOOK_COOKIE, lookCookie, readLook } from "./look";

test("what is written is read again", () => {
  const look = { theme: "dark", density: "compact" } as const;
  const value = lookCookie(look).split(";")[0]?.slice(`${LOOK_COOKIE}=`.length);
  expect(readLook(value)).toEqual(look);
});

test.each([
  [undefined, { theme: "system", density: "comfortable" }],
  ["", { theme: "system", density: "comfortable" }],
  ["dark", { theme: "dark", density: "comfortable" }],
  ["pink.compact", { theme: "system", density: "compact" }],
  ['dark".compact', { theme: "system", density: "compact" }],
] as const)("of %j only what we wrote counts: it becomes an attribute of the page", (cookie, look) => {
  expect(readLook(cookie)).toEqual(look);
});
