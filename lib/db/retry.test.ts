import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { reach, UnreachableError } from "./retry";

const refused = () => Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
const never = () => expect.unreachable();

async function timed(work: Promise<unknown>) {
  const startedAt = performance.now();
  const error = await work.catch((thrown: unknown) => thrown);
  return { error, ms: performance.now() - startedAt };
}

describe.concurrent("reach(attempt, bounds)", () => {
  test("tries again what may be over in a moment", async () => {
    const attempt = vi
      .fn(async () => "there")
      .mockRejectedValueOnce(refused())
      .mockRejectedValueOnce(refused());
    expect(await reach(attempt, { timeoutMs: 2_000, discard: never })).toBe("there");
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  test("gives up at once on what would fail again, and says why in the cause", async () => {
    const wrong = Object.assign(new Error("wrong password"), { code: "28P01" });
    const attempt = vi.fn().mockRejectedValue(wrong);
    const { error, ms } = await timed(reach(attempt, { timeoutMs: 2_000, discard: never }));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({ code: "08001", cause: wrong, message: "The database cannot be reached." });
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(ms).toBeLessThan(500);
  });

  test("tries for two seconds at most, even when there is more time to connect", async () => {
    const attempt = vi.fn().mockRejectedValue(refused());
    const { error, ms } = await timed(reach(attempt, { timeoutMs: 60_000, discard: never }));
    expect(error).toMatchObject({ cause: { message: "refused" } });
    expect(ms).toBeGreaterThan(1_500);
    expect(ms).toBeLessThan(2_500);
    expect(attempt.mock.calls.length).toBeGreaterThan(5);
    expect(attempt.mock.calls.length).toBeLessThan(30);
  });

  test("waits no longer than it may for an attempt that hangs, and discards what comes late", async () => {
    const discard = vi.fn();
    const { error, ms } = await timed(reach(() => sleep(400, "late"), { timeoutMs: 200, discard }));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(ms).toBeLessThan(390);
    expect(discard).not.toHaveBeenCalled();
    await sleep(400);
    expect(discard).toHaveBeenCalledExactlyOnceWith("late");
  });

  test("counts the time of all attempts together", async () => {
    let attempts = 0;
    const attempt = async () => {
      attempts += 1;
      await sleep(150);
      throw refused();
    };
    const { ms } = await timed(reach(attempt, { timeoutMs: 300, discard: never }));
    expect(attempts).toBe(2);
    expect(ms).toBeLessThan(450);
  });
});
