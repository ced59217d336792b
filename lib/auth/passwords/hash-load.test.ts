import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { signAccessToken, verifyAccessToken } from "@/lib/auth/tokens";
import { hashPassword, verifyPassword } from "./hash";

const hashing = vi.hoisted(() => ({ now: 0, peak: 0 }));

/** The real library, and how many of its hashes run at once. */
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const counted =
    <A extends unknown[], R>(work: (...values: A) => Promise<R>) =>
    async (...values: A) => {
      hashing.now += 1;
      hashing.peak = Math.max(hashing.peak, hashing.now);
      return work(...values).finally(() => {
        hashing.now -= 1;
      });
    };
  return { ...real, hash: counted(real.hash), verify: counted(real.verify) };
});

const makeToken = () =>
  signAccessToken({
    userId: randomUUID(),
    sessionId: randomUUID(),
    email: "ada@example.org",
    name: null,
    scopes: ["tasks:read"],
    authenticatedAt: new Date(),
  });

/** One check after the other for as long as the work takes. */
async function checkTokensDuring(work: Promise<unknown>, token: string): Promise<number[]> {
  const times: number[] = [];
  let isOver = false;
  work.then(() => {
    isOver = true;
  });
  while (!isOver) {
    const before = performance.now();
    await verifyAccessToken(token);
    times.push(performance.now() - before);
    await new Promise(setImmediate);
  }
  return times.sort((a, b) => a - b);
}

const percentile = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;

/** Starved token checks are slow every time; those that other processes slow down are not. */
const RETRIES = 3;

test("T-38 200 sign-ins at once: two hash, 50 wait, the rest get 503 at once, and tokens are checked as ever", {
  retry: RETRIES,
}, async () => {
  const stored = await hashPassword("seven grey herons at noon");
  const token = await makeToken();
  await verifyAccessToken(token);
  hashing.peak = 0;
  const refusals: unknown[] = [];
  const attempts = Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      verifyPassword(index % 2 ? stored : null, "wrong").catch((error) => refusals.push(error)),
    ),
  );
  await new Promise(setImmediate);
  expect(refusals).toHaveLength(148);
  const times = await checkTokensDuring(attempts, token);
  await attempts;
  expect(hashing.peak).toBe(2);
  for (const refusal of refusals)
    expect(refusal).toMatchObject({ code: "unavailable", extras: { retryAfterSeconds: 2 } });
  expect(times.length).toBeGreaterThan(100);
  expect(percentile(times, 0.99)).toBeLessThan(50);
});

test("T-38 the cap holds over every copy of the module, and for new hashes too", async () => {
  vi.resetModules();
  const copy = await import("./hash");
  expect(copy.verifyPassword).not.toBe(verifyPassword);
  hashing.peak = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => [
      verifyPassword(null, "wrong"),
      copy.verifyPassword(null, "wrong"),
      copy.hashPassword("seven grey herons at noon"),
    ]).flat(),
  );
  expect(hashing.peak).toBe(2);
  expect(outcomes.filter(({ status }) => status === "rejected").length).toBeGreaterThanOrEqual(8);
});
