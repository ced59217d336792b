import { describe, expect, test } from "vitest";
import { isCommon } from "./common-passwords";
import list from "./common-passwords.json" with { type: "json" };

describe("the list of common passwords", () => {
  test("has far more than the 3,000 that ASVS 6.2.4 asks for, each of which the schema would accept", () => {
    expect(list.length).toBeGreaterThan(20_000);
    expect(list.filter((entry) => entry.length < 8 || entry.length > 128)).toEqual([]);
  });

  test("is in lower case, sorted and without doubles", () => {
    expect(list).toEqual([...new Set(list.map((entry) => entry.toLowerCase()))].sort());
  });

  test.each([
    "password",
    "Password1",
    "PASSW0RD",
    "12345678",
    "qwertyuiop",
    "1q2w3e4r",
    "iloveyou",
    "aaaaaaaa",
    "trustno1",
    "letmein1",
  ])("%s is common", (password) => {
    expect(isCommon(password)).toBe(true);
  });

  test.each([" password", "password ", "my password is long", "seven grey herons at noon", "pässword", ""])(
    "“%s” is not: only a whole password counts",
    (password) => expect(isCommon(password)).toBe(false),
  );
});
