import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refund } from "@/lib/auth/throttle";
import { mailCharges, signInCharges, signUpCharges } from "@/lib/auth/throttle-rules";
import { openAttempts } from "./attempts";

let attempts: Awaited<ReturnType<typeof openAttempts>>;

beforeAll(async () => {
  attempts = await openAttempts();
});
afterAll(() => attempts.close());
beforeEach(() => attempts.ask("truncate throttles"));

const email = "ada@example.org";
const address = "192.0.2.1";
const elsewhere = (index: number) => `198.51.100.${index}`;
const guess = (index: number) => signInCharges({ email, address: elsewhere(index), isKnownPlace: false });

describe("a sign-in", () => {
  const right = signInCharges({ email, address, isKnownPlace: false });

  test("of 50 wrong passwords at once from everywhere ten are looked at", async () => {
    expect(await attempts.passing(50, guess)).toBe(10);
  });

  test("of 50 at once from one address five are looked at, by addresses of one /64 too", async () => {
    expect(await attempts.passing(50, () => right)).toBe(5);
    const inNetwork = (index: number) =>
      signInCharges({ email: "bea@example.org", address: `2001:db8::${index}`, isKnownPlace: false });
    expect(await attempts.passing(50, inNetwork)).toBe(5);
  });

  test("of one address at many accounts fifty are looked at", async () => {
    const spray = (index: number) =>
      signInCharges({ email: `${index}@example.org`, address, isKnownPlace: false });
    expect(await attempts.passing(80, spray)).toBe(50);
  });

  test("of the owner is delayed by strangers for half a minute at most, and at a known place not at all", async () => {
    for (let round = 0; round < 25; round += 1) {
      expect(await attempts.attempt(guess(round))).toBe("in");
      await attempts.age(30);
    }
    await attempts.age(-30);
    const [wait] = await attempts.inTurn(1, () => right);
    expect(wait).toBeLessThanOrEqual(30);
    expect(await attempts.attempt(signInCharges({ email, address, isKnownPlace: true }))).toBe("in");
  });

  test("that succeeds is forgotten, and its address gets it back", async () => {
    await attempts.inTurn(4, () => right);
    await refund(attempts.ctx, right);
    expect(await attempts.rows()).toMatchObject([
      { key: expect.stringMatching(/^sign-in address /), attempts: 3 },
    ]);
  });

  test("that is refused says the same for an account as for an address, and nothing of its count", async () => {
    await attempts.passing(10, guess);
    const byAccount = await attempts.attempt(guess(99));
    await attempts.ask("truncate throttles");
    await attempts.ask(
      "insert into throttles select $1, 50, now(), now(), now() + interval '1 s'",
      right.filter(({ policy }) => policy).map(({ key }) => key),
    );
    const byAddress = await attempts.attempt(right);
    const told = (outcome: typeof byAccount) =>
      outcome === "in"
        ? undefined
        : {
            code: outcome.code,
            detail: outcome.message,
            extras: { ...outcome.extras, retryAfterSeconds: 0 },
          };
    const rateLimit = { policy: "sign-in", quota: 50, windowSeconds: 900 };
    expect(told(byAccount)).toMatchObject({ code: "rate_limited", extras: { rateLimit } });
    expect(told(byAddress)).toEqual(told(byAccount));
  });

  test("leaves neither the account nor the address in the table", async () => {
    await attempts.attempt(right);
    const text = JSON.stringify(await attempts.rows());
    expect(text).toContain("sign-in account ");
    expect(text).not.toMatch(/ada|example|192\.0/);
  });
});

describe("the other counts", () => {
  test.each([
    ["sign-ups of an address", 10, 3_600, (_: number) => signUpCharges({ address })],
    ["mails to an account", 3, 3_600, (index: number) => mailCharges({ email, address: elsewhere(index) })],
    ["mails of an address", 20, 3_600, (index: number) => mailCharges({ email: `${index}@x`, address })],
  ])("%s: %d in %d s", async (_, limit, seconds, charges) => {
    expect(await attempts.passing(limit + 5, charges)).toBe(limit);
    await attempts.age(seconds - 20);
    expect(await attempts.attempt(charges(0))).not.toBe("in");
    await attempts.age(20);
    expect(await attempts.attempt(charges(0))).toBe("in");
  });
});
