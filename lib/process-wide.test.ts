import { expect, test, vi } from "vitest";
import { processWide } from "./process-wide";

test("two copies of a module share what one of them made", async () => {
  const made = processWide("test", () => ({}));
  vi.resetModules();
  const copy = await import("./process-wide");
  expect(copy.processWide).not.toBe(processWide);
  expect(copy.processWide("test", () => ({}))).toBe(made);
  expect(copy.processWide("another test", () => ({}))).not.toBe(made);
});

test("nothing is made before it is asked for, nor twice, even when what was made is undefined", () => {
  const make = vi.fn(() => undefined);
  for (let asked = 0; asked < 2; asked += 1) expect(processWide("test of once", make)).toBeUndefined();
  expect(make).toHaveBeenCalledTimes(1);
});
