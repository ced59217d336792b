import { createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keysFor } from "./keys";
import { issueRefreshToken, readRefreshToken } from "./refresh-tokens";

const sessionId = "01a1fbe4-1972-7577-9f7c-cb4f71aeb4d0";
const token = issueRefreshToken({ sessionId, generation: 7 });
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const bytesOf = (text: string) => Buffer.from(text.slice("ff_rt_".length), "base64url");

/** With a right checksum; with a right MAC too when a key is given, which only this service has. */
function forge(change: (bytes: Buffer) => void, secret?: Uint8Array): string {
  const bytes = bytesOf(token);
  change(bytes);
  if (secret) createHmac("sha256", secret).update(bytes.subarray(0, 29)).digest().copy(bytes, 29);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 61)), 61);
  return `ff_rt_${bytes.toString("base64url")}`;
}

test("a refresh token is 93 plain characters that scanners know, and the same whenever it is asked for", () => {
  expect(token).toMatch(/^ff_rt_[\w-]{87}$/);
  expect(issueRefreshToken({ sessionId, generation: 7 })).toBe(token);
});

test("a refresh token gives back what it was made for, and no two are alike", () => {
  const credential = fc.record({ sessionId: fc.uuid(), generation: fc.nat(0x7fffffff) });
  fc.assert(
    fc.property(credential, credential, (one, other) => {
      expect(readRefreshToken(issueRefreshToken(one))).toEqual(one);
      const isSame = one.sessionId === other.sessionId && one.generation === other.generation;
      expect(issueRefreshToken(one) === issueRefreshToken(other)).toBe(isSame);
    }),
    { numRuns: 500 },
  );
});

describe("is not a refresh token:", () => {
  test("one with any character changed, left out or added", () => {
    for (let at = 0; at < token.length; at += 1) {
      const [before, after] = [token.slice(0, at), token.slice(at + 1)];
      expect(readRefreshToken(before + after)).toBeUndefined();
      for (const character of [...ALPHABET, "=", "+", "/", " ", "\n", "\0", "é"]) {
        if (character !== token[at]) expect(readRefreshToken(before + character + after)).toBeUndefined();
        expect(readRefreshToken(before + character + token.slice(at))).toBeUndefined();
      }
    }
  });

  test("one with any bit of what is signed changed and the checksum made right", () => {
    for (let bit = 0; bit < 61 * 8; bit += 1) {
      const at = bit >> 3;
      const forged = forge((bytes) => bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at));
      expect(readRefreshToken(forged), `bit ${bit}`).toBeUndefined();
    }
  });

  test.each([
    ["nothing", ""],
    ["the prefix alone", "ff_rt_"],
    ["another prefix", token.replace("ff_rt_", "ff_at_")],
    ["the prefix in capitals", token.toUpperCase()],
    ["with space around it", ` ${token}`],
    ["with a line break after it", `${token}\n`],
    ["padded", `${token}=`],
    ["twice", token + token],
    ["1 MB", `ff_rt_${"A".repeat(1_000_000)}`],
    ["zeros", `ff_rt_${"A".repeat(87)}`],
  ])("%s", (_what, text) => {
    expect(readRefreshToken(text)).toBeUndefined();
  });

  test("one signed with the key of another purpose, or under a name that no key has", () => {
    const { current } = keysFor("access token");
    expect(readRefreshToken(forge(() => {}, current.secret))).toBeUndefined();
    const named = (bytes: Buffer) => bytes.write(current.kid, 1, "latin1");
    expect(readRefreshToken(forge(named, current.secret))).toBeUndefined();
  });

  test("one of ours with a generation that no session can reach, or of another version", () => {
    const { secret } = keysFor("refresh token").current;
    expect(readRefreshToken(forge(() => {}, secret))).toEqual({ sessionId, generation: 7 });
    for (const generation of [0x80000000, 0xffffffff])
      expect(readRefreshToken(forge((bytes) => bytes.writeUInt32BE(generation, 25), secret))).toBeUndefined();
    for (const version of [0, 2, 255])
      expect(readRefreshToken(forge((bytes) => bytes.writeUInt8(version, 0), secret))).toBeUndefined();
  });
});

describe("while the secret is changed", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  const OLD = "a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff00";
  const NEW = "00ffeeddccbbaa998877665544332211098f7e6d5c4b3a29180f6e5d4c3b2a1f";

  /** The module as a process with these variables has it. */
  async function processWith(variables: Record<string, string>) {
    vi.resetModules();
    for (const name of ["AUTH_SECRET", "AUTH_SECRET_NEXT", "AUTH_SECRET_RETIRED"])
      vi.stubEnv(name, variables[name]);
    return import("./refresh-tokens");
  }

  test("every token is read that any process may have made, and none after its secret is gone", async () => {
    const credential = { sessionId, generation: 3 };
    const before = await processWith({ AUTH_SECRET: OLD });
    const old = before.issueRefreshToken(credential);
    const announced = await processWith({ AUTH_SECRET: OLD, AUTH_SECRET_NEXT: NEW });
    expect(announced.issueRefreshToken(credential)).toBe(old);
    const changed = await processWith({ AUTH_SECRET: NEW, AUTH_SECRET_RETIRED: OLD });
    const fresh = changed.issueRefreshToken(credential);
    expect(fresh).not.toBe(old);
    for (const text of [old, fresh]) {
      expect(announced.readRefreshToken(text)).toEqual(credential);
      expect(changed.readRefreshToken(text)).toEqual(credential);
    }
    const after = await processWith({ AUTH_SECRET: NEW });
    expect(after.readRefreshToken(fresh)).toEqual(credential);
    expect(after.readRefreshToken(old)).toBeUndefined();
  });
});
