import { afterEach, expect, test, vi } from "vitest";
import { inBackground } from "./background";
import { log } from "./log";

const VERCEL = Symbol.for("@vercel/request-context");

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(globalThis, VERCEL);
});

const errors = () => vi.spyOn(log, "error").mockImplementation(() => {});

test("work begins after what asked for it, and goes on", async () => {
  const steps: string[] = [];
  inBackground(async () => void steps.push("work"));
  await Promise.resolve().then(() => steps.push("answer"));
  await vi.waitFor(() => expect(steps).toEqual(["answer", "work"]));
});

test.each([
  ["rejects", async () => Promise.reject(new TypeError("broken"))],
  [
    "throws",
    () => {
      throw new TypeError("broken");
    },
  ],
])("work that %s is logged, and nobody else hears of it", async (_how, work) => {
  const error = errors();
  inBackground(work);
  await vi.waitFor(() => expect(error).toHaveBeenCalledOnce());
  expect(error.mock.calls[0]).toEqual([
    expect.objectContaining({ error_class: "TypeError", error_message: "broken" }),
    "Work in the background failed.",
  ]);
});

test("Vercel is told of it at once, and that it ended however it ended", async () => {
  errors();
  const told: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => void told.push(work) };
  Reflect.set(globalThis, VERCEL, { get: () => context });
  let isDone = false;
  inBackground(async () => {
    isDone = true;
  });
  inBackground(() => Promise.reject(new Error("broken")));
  expect(told).toHaveLength(2);
  expect(isDone).toBe(false);
  await Promise.all(told);
  expect(isDone).toBe(true);
});

test("outside a request on Vercel it works all the same", async () => {
  Reflect.set(globalThis, VERCEL, { get: () => undefined });
  await new Promise<void>((resolve) => inBackground(async () => resolve()));
});
