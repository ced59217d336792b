import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deviceOf } from "./device";

const nameOf = (userAgent: string | null) => deviceOf({ address: null, userAgent }).name;
const prefixOf = (address: string | null) => deviceOf({ address, userAgent: null }).addressPrefix;

describe("a device is called by what its owner knows of it", () => {
  const KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)";

  test.each([
    ["Chrome on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${KHTML} Chrome/140.0.0.0 Safari/537.36`],
    [
      "Chrome on ChromeOS",
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${KHTML} Chrome/140.0.0.0 Safari/537.36`,
    ],
    [
      "Chrome on Android",
      `Mozilla/5.0 (Linux; Android 10; K) ${KHTML} Chrome/140.0.0.0 Mobile Safari/537.36`,
    ],
    [
      "Chrome on iOS",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
    ],
    [
      "Safari on iOS",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    ],
    [
      "Safari on macOS",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    ],
    [
      "Edge on Windows",
      `Mozilla/5.0 (Windows NT 10.0) ${KHTML} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    ],
    [
      "Opera on Windows",
      `Mozilla/5.0 (Windows NT 10.0) ${KHTML} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`,
    ],
    [
      "Samsung Internet on Android",
      `Mozilla/5.0 (Linux; Android 10; K) ${KHTML} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    ],
    ["Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    [
      "Firefox on iOS",
      "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
    ],
    ["curl", "curl/8.14.1"],
    ["python-requests", "python-requests/2.32.4"],
    ["my-script on Linux", "my-script/1.0 (Linux)"],
    ["node", "node"],
    ["Unknown program on Linux", "Mozilla/5.0 (X11; Linux x86_64)"],
    ["Unknown program", "Mozilla/5.0"],
    ["Unknown program", ""],
    ["Unknown program", null],
    ["Unknown program", "<script>alert(1)</script>"],
  ])("%s", (name, userAgent) => {
    expect(nameOf(userAgent)).toBe(name);
  });

  test("in a few harmless characters, whatever it says of itself, and in no time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (userAgent) => {
        expect(nameOf(userAgent)).toMatch(/^[\w. -]{1,60}$/);
      }),
    );
    const startedAt = performance.now();
    for (const piece of ["a", "Mac OS", "iPhone Chrome", "\0", "Mozilla/"])
      expect(nameOf(piece.repeat(100_000)).length).toBeLessThanOrEqual(60);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe("of an address only the network is kept", () => {
  test.each([
    ["192.0.2.0/24", "192.0.2.7"],
    ["10.0.0.0/24", "10.0.0.255"],
    ["2001:db8:85a3::/48", "2001:db8:85a3:8d3:1319:8a2e:370:7348"],
    ["2001:db8:85a3::/48", "2001:db8:85a3::1"],
    ["2001:db8:0::/48", "2001:db8::1"],
    ["2001:0:0::/48", "2001::1"],
    ["2001:db8:1::/48", "2001:db8:1:2:3:4:5::"],
    ["0:0:0::/48", "::1"],
    ["0:0:0::/48", "::"],
    [null, null],
  ])("%s of %s", (prefix, address) => {
    expect(prefixOf(address)).toBe(prefix);
  });

  test("the same however it is written", () => {
    expect(prefixOf("2001:db8::5:0:0:1")).toBe(prefixOf("2001:db8:0:0:5:0:0:1"));
    expect(prefixOf("2001::5:0:0:1")).toBe(prefixOf("2001:0:0:0:5:0:0:1"));
  });
});

describe("the program is known again by its whole name", () => {
  const hashOf = (userAgent: string | null) => deviceOf({ address: null, userAgent }).agentHash;

  test("one hash for each, which tells nothing of it", () => {
    const agents = ["curl/8.14.1", "curl/8.14.2", "", " "];
    expect(new Set(agents.map(hashOf)).size).toBe(agents.length);
    for (const agent of agents) expect(hashOf(agent)).toMatch(/^[\w-]{43}$/);
    expect(hashOf("curl/8.14.1")).toBe(hashOf("curl/8.14.1"));
  });

  test("none for a program without a name", () => {
    expect(hashOf(null)).toBeNull();
    expect(deviceOf()).toEqual({ name: "Unknown program", addressPrefix: null, agentHash: null });
  });
});
