import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createQueue, type Queue } from "./queue";

const WORK_MS = 5;

/** Runs as many at once and tells how it went. */
async function rush(queue: Queue, count: number, workMs = WORK_MS) {
  const seen = { peak: 0, running: 0, order: [] as number[] };
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, (_, index) =>
      queue(async () => {
        seen.order.push(index);
        seen.running += 1;
        seen.peak = Math.max(seen.peak, seen.running);
        await sleep(workMs);
        seen.running -= 1;
      }),
    ),
  );
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  return { ...seen, refusals };
}

const busy = { name: "AppError", code: "unavailable", extras: { retryAfterSeconds: 2 } };

describe("the queue", () => {
  test("60 at once: two run at a time, 50 wait in the order they came, eight are refused", async () => {
    const { peak, order, refusals } = await rush(
      createQueue({ maxRunning: 2, maxWaiting: 50, maxWaitMs: 2_000 }),
      60,
    );
    expect(peak).toBe(2);
    expect(order).toEqual(Array.from({ length: 52 }, (_, index) => index));
    expect(refusals).toHaveLength(8);
    for (const refusal of refusals) expect(refusal).toMatchObject(busy);
  });

  test("it tells how many run and how many wait, now and afterwards", async () => {
    const queue = createQueue({ maxRunning: 2, maxWaiting: 50, maxWaitMs: 2_000 });
    const rushing = rush(queue, 7);
    expect(queue.stats()).toEqual({ running: 2, waiting: 5 });
    await rushing;
    expect(queue.stats()).toEqual({ running: 0, waiting: 0 });
  });

  test("the surplus is refused at once, not after the wait", async () => {
    const queue = createQueue({ maxRunning: 1, maxWaiting: 0, maxWaitMs: 2_000 });
    const first = queue(() => sleep(300));
    const before = performance.now();
    await expect(queue(() => sleep(0))).rejects.toMatchObject(busy);
    expect(performance.now() - before).toBeLessThan(100);
    await first;
  });

  test("who waits too long is refused and never runs", async () => {
    const queue = createQueue({ maxRunning: 1, maxWaiting: 5, maxWaitMs: 40 });
    const { order, refusals } = await rush(queue, 3, 120);
    expect(order).toEqual([0]);
    expect(refusals).toHaveLength(2);
  });

  test("after refusals of both kinds every place is free again", async () => {
    const queue = createQueue({ maxRunning: 2, maxWaiting: 3, maxWaitMs: 40 });
    expect((await rush(queue, 10, 120)).refusals).toHaveLength(8);
    expect(await rush(queue, 5)).toMatchObject({ peak: 2, order: [0, 1, 2, 3, 4], refusals: [] });
  });

  test("a waiter that gave up leaves no hole: the one behind it runs", async () => {
    const queue = createQueue({ maxRunning: 1, maxWaiting: 2, maxWaitMs: 100 });
    const first = queue(() => sleep(150));
    const early = queue(async () => "early");
    const refused = expect(early).rejects.toMatchObject({ code: "unavailable" });
    await sleep(80);
    const late = queue(async () => "late");
    await refused;
    const later = queue(async () => "later");
    expect(await Promise.all([late, later])).toEqual(["late", "later"]);
    await first;
  });

  test("work that fails, even before its first step, fails alone and gives its place back", async () => {
    const queue = createQueue({ maxRunning: 1, maxWaiting: 5, maxWaitMs: 2_000 });
    const fails = queue(() => Promise.reject(new Error("broken")));
    const throws = queue(() => {
      throw new Error("broken at once");
    });
    const works = queue(async () => "done");
    await expect(fails).rejects.toThrow("broken");
    await expect(throws).rejects.toThrow("broken at once");
    expect(await works).toBe("done");
  });
});
