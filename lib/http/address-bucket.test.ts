import { expect, test } from "vitest";
import { bucketOf } from "@/lib/http/address-bucket";

test("all addresses of an IPv6 /64 share a bucket", () => {
  const addresses = ["2001:db8::1", "2001:db8::", "2001:db8:0:0:1234:5678:9abc:def0", "2001:db8::ff:0:0:1"];
  expect(new Set(addresses.map(bucketOf))).toEqual(new Set(["2001:db8:0:0::/64"]));
});

test("the next /64 has another", () => {
  expect(bucketOf("2001:db8:0:1::1")).toBe("2001:db8:0:1::/64");
  expect(bucketOf("2001:db8:1::1")).toBe("2001:db8:1:0::/64");
  expect(bucketOf("1:2:3:4:5:6:7:8")).toBe("1:2:3:4::/64");
  expect(bucketOf("::1")).toBe("0:0:0:0::/64");
});

test("an IPv4 address has one of its own, and those that nobody knows share one", () => {
  expect([bucketOf("192.0.2.1"), bucketOf("192.0.2.2")]).toEqual(["192.0.2.1", "192.0.2.2"]);
  expect(bucketOf(null)).toBe("unknown");
});
