import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Charge, refund } from "@/lib/auth/throttle";
import { openAttempts } from "./attempts";

let attempts: Awaited<ReturnType<typeof openAttempts>>;

beforeAll(async () => {
  attempts = await openAttempts();
});
afterAll(() => attempts.close());
beforeEach(() => attempts.ask("truncate throttles"));

const window = (key = "k", limit = 3): Charge => ({ key, limit, windowSeconds: 60 });
const delay: Charge = { key: "d", limit: 10, windowSeconds: 900, longestDelaySeconds: 30 };

describe("a window", () => {
  test("lets its number in and tells the others when it ends", async () => {
    expect(await attempts.inTurn(3, () => [window()])).toEqual(["in", "in", "in"]);
    await attempts.age(20);
    const [wait] = await attempts.inTurn(1, () => [window()]);
    expect(wait).toBeGreaterThan(38);
    expect(wait).toBeLessThanOrEqual(40);
  });

  test("begins with the first attempt: neither what it lets in nor what it refuses makes it longer", async () => {
    await attempts.inTurn(1, () => [window()]);
    await attempts.age(30);
    await attempts.inTurn(5, () => [window()]);
    await attempts.age(20);
    const [wait] = await attempts.inTurn(5, () => [window()]);
    expect(wait).toBeLessThanOrEqual(10);
    await attempts.age(10);
    expect(await attempts.attempt([window()])).toBe("in");
    expect(await attempts.rows()).toEqual([{ key: "k", attempts: 1, lasts_s: 60 }]);
  });

  test("lets exactly its number of 50 in at the same time", async () => {
    expect(await attempts.passing(50, () => [window("k", 7)])).toBe(7);
    await attempts.age(60);
    expect(await attempts.passing(50, () => [window("k", 7)])).toBe(7);
  });

  test("of several that refuse, the one that does so longest says how long", async () => {
    const both: Charge[] = [window("a", 1), { ...window("b", 1), windowSeconds: 600 }];
    const [, wait] = await attempts.inTurn(2, () => both);
    expect(wait).toBeGreaterThan(500);
  });

  test("of several the tightest decides, and one that refuses leaves the others uncounted", async () => {
    const both = [window("a", 9), window("b", 2)];
    expect(await attempts.inTurn(4, () => both)).toEqual([
      "in",
      "in",
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(await attempts.rows()).toMatchObject([
      { key: "a", attempts: 2 },
      { key: "b", attempts: 2 },
    ]);
  });
});

describe("a growing delay", () => {
  test("after ten attempts lets one in after 1, 2, 4 … 30 seconds", async () => {
    await attempts.inTurn(10, () => [delay]);
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const [wait] = await attempts.inTurn(1, () => [delay]);
      expect(wait).toBeGreaterThan(seconds - 1);
      expect(wait).toBeLessThanOrEqual(seconds);
      await attempts.age(seconds);
      expect(await attempts.attempt([delay])).toBe("in");
    }
  });

  test("is not made longer by what it refuses, by itself or by another count", async () => {
    await attempts.inTurn(12, () => [delay]);
    const before = await attempts.ask("select * from throttles");
    await attempts.inTurn(5, () => [delay]);
    expect(await attempts.ask("select * from throttles")).toEqual(before);
    await attempts.age(900);
    await attempts.inTurn(1, () => [delay, window("k", 1)]);
    await attempts.inTurn(20, () => [delay, window("k", 1)]);
    expect(await attempts.rows()).toMatchObject([{ key: "d", attempts: 1 }, { key: "k" }]);
  });

  test("lets ten of 50 in at the same time, and one after its delay", async () => {
    expect(await attempts.passing(50, () => [delay])).toBe(10);
    await attempts.age(1);
    expect(await attempts.passing(50, () => [delay])).toBe(1);
  });

  test("ends with its window", async () => {
    await attempts.inTurn(11, () => [delay]);
    await attempts.age(900);
    expect(await attempts.passing(11, () => [delay])).toBe(10);
  });
});

describe("many at the same time", () => {
  test("who charge and refund the same keys in whatever order never wait for each other in a circle", async () => {
    const keys = [window("a", 1e6), window("b", 1e6), window("c", 1e6)].map(
      (each, index): Charge => ({ ...each, onSuccess: index === 1 ? "forget" : "give back" }),
    );
    const work = Array.from({ length: 400 }, (_, index) => {
      const order = index % 2 ? keys : keys.toReversed();
      return index % 3 ? attempts.attempt(order) : refund(attempts.ctx, order);
    });
    const failed = (await Promise.allSettled(work)).filter(({ status }) => status === "rejected");
    expect(failed).toEqual([]);
  });
});
