import { hash, parseOptions } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./hash";

const RIGHT = "seven grey herons at noon";
const OURS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const isRight = async (stored: string | null, password: string) =>
  (await verifyPassword(stored, password)).isRight;

describe("a password's hash", () => {
  test("is argon2id in the PHC form with 19 MiB, two passes and one lane", async () => {
    const stored = await hashPassword(RIGHT);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(stored)).toMatchObject({ ...OURS, outputLen: 32, saltLen: 16 });
  });

  test("differs every time, and opens to its password alone", async () => {
    const [one, other] = await Promise.all([hashPassword(RIGHT), hashPassword(RIGHT)]);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, RIGHT)).toEqual({ isRight: true, needsRehash: false });
    expect(await verifyPassword(one, `${RIGHT}.`)).toEqual({ isRight: false, needsRehash: false });
  });
});

describe("nothing of a password is lost before it is hashed", () => {
  const PREFIX = "x".repeat(72);
  test.each([
    ["two of 73 bytes that differ in the last", `${PREFIX}a`, `${PREFIX}b`],
    ["two of 128 code points that differ in the last", `${"🦉".repeat(127)}🐝`, `${"🦉".repeat(127)}🦉`],
    ["a leading space", ` ${RIGHT}`, RIGHT],
    ["a trailing space", `${RIGHT} `, RIGHT],
    ["case", RIGHT, RIGHT.toUpperCase()],
    ["² and 2, which only compatibility makes alike", "noon on m² two", "noon on m2 two"],
  ])("%s", async (_, password, other) => {
    const stored = await hashPassword(password);
    expect(await isRight(stored, password)).toBe(true);
    expect(await isRight(stored, other)).toBe(false);
  });

  test("an é typed as one character or as two is the same é", async () => {
    expect(await isRight(await hashPassword("caf\u00e9 at noon"), "cafe\u0301 at noon")).toBe(true);
  });
});

describe("needsRehash", () => {
  test.each([
    ["less memory", { ...OURS, memoryCost: 4_096 }, true],
    ["fewer passes", { ...OURS, memoryCost: 65_536, timeCost: 1 }, true],
    ["a shorter salt", { ...OURS, salt: Buffer.alloc(8, 7) }, true],
    ["a shorter output", { ...OURS, outputLen: 16 }, true],
    ["version 16", { ...OURS, version: 0 }, true],
    ["the same costs", OURS, false],
    ["higher ones", { memoryCost: 32_768, timeCost: 3, parallelism: 2 }, false],
  ])("%s: %#", async (_, options, needsRehash) => {
    const stored = await hash(RIGHT, options);
    expect(await verifyPassword(stored, RIGHT)).toEqual({ isRight: true, needsRehash });
  });

  test("never for a wrong password: nobody's hash is replaced by a stranger's", async () => {
    const stored = await hash(RIGHT, { ...OURS, memoryCost: 4_096 });
    expect(await verifyPassword(stored, "wrong")).toEqual({ isRight: false, needsRehash: false });
  });
});

/** A difference in the code shows every time; what other processes do to the clock does not. */
const RETRIES = 3;

const OTHERS: [string, () => Promise<string | null>][] = [
  ["no hash", async () => null],
  ["an empty one", async () => ""],
  ["garbage", async () => "garbage"],
  ["bcrypt", async () => "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
  ["argon2i of the right password", () => hash(RIGHT, { ...OURS, algorithm: 1 })],
  ["a cut one", async () => (await hashPassword(RIGHT)).slice(0, -30)],
];

describe("T-33 whether there is a password does not show", () => {
  test.each(OTHERS)("%s: wrong, without an error", async (_, stored) => {
    expect(await verifyPassword(await stored(), RIGHT)).toEqual({ isRight: false, needsRehash: false });
  });

  test("every one takes as long as a wrong password: medians of 60 samples, taken in turns", {
    timeout: 60_000,
    retry: RETRIES,
  }, async () => {
    const ours = await hashPassword(RIGHT);
    const classes = { wrong: ours, unknown: null, garbage: "garbage" };
    const times = { wrong: [] as number[], unknown: [] as number[], garbage: [] as number[] };
    for (let sample = 0; sample < 60; sample += 1)
      for (const kind of ["wrong", "unknown", "garbage"] as const)
        times[kind].push(await timeOf(() => verifyPassword(classes[kind], "not the right one")));
    const wrong = median(times.wrong);
    const allowed = wrong * 0.1 + NOISE_MS;
    expect(wrong).toBeGreaterThan(2 * allowed);
    expect(Math.abs(median(times.unknown) - wrong)).toBeLessThan(allowed);
    expect(Math.abs(median(times.garbage) - wrong)).toBeLessThan(allowed);
  });
});

const NOISE_MS = 2;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
