import { expect, test } from "vitest";
import { isoOf } from "./iso";

test.each([
  "2026-11-21T19:11:00.123Z",
  "1970-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "2024-02-29T09:05:07.010Z",
  "0001-01-01T00:00:00.001Z",
  "9999-12-31T23:59:59.999Z",
  "+275760-09-13T00:00:00.000Z",
  "-000001-06-01T12:00:00.000Z",
])("%s is written as toISOString does", (text) => {
  const moment = new Date(text);
  expect([isoOf(moment), isoOf(moment)]).toEqual([moment.toISOString(), moment.toISOString()]);
});

test("a moment that is none is refused", () => {
  expect(() => isoOf(new Date(Number.NaN))).toThrow(RangeError);
});
