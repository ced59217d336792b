import { describe, expect, test } from "vitest";
import { createClientAddress, PEER_HEADER } from "@/lib/http/trusted-address";

const SECRET = "sentinel";
const PEER = "192.0.2.1";

const addressOf = (headers: Record<string, string>, trustedProxyHops = 0, isVercel = false) =>
  createClientAddress({ trustedProxyHops, isVercel, peerSecret: SECRET })(new Headers(headers));

const fromPeer = (address: string) => ({ [PEER_HEADER]: `${SECRET} ${address}` });
const forwarded = (list: string) => ({ ...fromPeer(PEER), "x-forwarded-for": list });

describe("the client's address without proxies", () => {
  test("is that of the socket, and forwarding headers change nothing", () => {
    expect(addressOf({ ...forwarded("198.51.100.7"), "x-real-ip": "198.51.100.8", forwarded: "for=1" })).toBe(
      PEER,
    );
  });

  test.each([
    `wrong ${PEER}`,
    PEER,
    ` ${PEER}`,
    `${SECRET}${PEER}`,
    SECRET,
    `${SECRET} `,
    `${SECRET} ${SECRET} ${PEER}`,
  ])("is unknown when the server has not said it: %j", (value) => {
    expect(addressOf({ [PEER_HEADER]: value })).toBeNull();
    expect(addressOf({})).toBeNull();
  });

  test.each([
    ["::ffff:192.0.2.1", PEER],
    ["::FFFF:C000:0201", PEER],
    ["0:0:0:0:0:ffff:192.0.2.1", PEER],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
  ])("has one form: %s", (written, address) => {
    expect(addressOf(fromPeer(written))).toBe(address);
  });
});

describe("the client's address behind proxies", () => {
  test.each([
    [1, "6.6.6.6, 198.51.100.7", "198.51.100.7"],
    [2, "6.6.6.6, 198.51.100.7, 10.0.0.1", "198.51.100.7"],
    [2, "6.6.6.6,198.51.100.7 ,10.0.0.1", "198.51.100.7"],
    [1, "::ffff:198.51.100.7", "198.51.100.7"],
    [1, "198.51.100.7:50123", "198.51.100.7"],
    [1, "[2001:db8::7]:50123", "2001:db8::7"],
    [1, "[2001:db8::7]", "2001:db8::7"],
  ])("with %d in front is that many from the right of %s", (hops, list, address) => {
    expect(addressOf(forwarded(list), hops)).toBe(address);
  });

  test("is the same for every list that a client makes up", () => {
    const made = ["", "6.6.6.6, ", "a, b, c, ", `${"1.1.1.1, ".repeat(500)}`];
    expect(new Set(made.map((start) => addressOf(forwarded(`${start}198.51.100.7`), 1)))).toEqual(
      new Set(["198.51.100.7"]),
    );
  });

  test("is the peer's when none has forwarded anything, and unknown when too few have", () => {
    expect(addressOf(fromPeer(PEER), 1)).toBe(PEER);
    expect(addressOf(fromPeer(PEER), 2)).toBeNull();
    expect(addressOf(forwarded("198.51.100.7"), 2)).toBeNull();
  });

  test.each(["", "unknown", "198.51.100", "198.51.100.07", "1.2.3.4.5", "2001:db8::7::1", "[::1", "_hidden"])(
    "is unknown when it is none: %j",
    (text) => {
      expect(addressOf(forwarded(`6.6.6.6, ${text}`), 1)).toBeNull();
    },
  );
});

test("the client's address on Vercel is what the platform says, whatever else is said", () => {
  const headers = { ...forwarded("6.6.6.6"), "x-real-ip": "198.51.100.7" };
  expect(addressOf(headers, 1, true)).toBe("198.51.100.7");
  expect(addressOf(forwarded("6.6.6.6"), 1, true)).toBeNull();
});
