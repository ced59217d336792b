import { describe, expect, test } from "vitest";
import { linkIn } from "@/e2e/support/mailbox";
import { publicUrl } from "@/lib/env";
import { addressChanged, passwordChanged, resetPassword, signInCopied, verifyAddress } from "./messages";

const to = "ada@example.org";
const secret = "s".repeat(43);

const all = {
  verify: verifyAddress({ to, secret, lifetimeSeconds: 86_400 }),
  reset: resetPassword({ to, secret, lifetimeSeconds: 1_800 }),
  password: passwordChanged({ to }),
  address: addressChanged({ to, newAddress: "new@example.org" }),
  copied: signInCopied({ to }),
};

describe.each(Object.entries(all))("%s", (_name, message) => {
  test("is addressed, has a subject and at most 12 short lines", () => {
    const lines = message.text.trimEnd().split("\n");
    expect(message.to).toBe(to);
    expect(message.subject).toMatch(/^[A-Z][\w -]{10,50}$/);
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  test("leads to this service alone", () => {
    const urls = message.text.match(/https?:\/\/\S+/g) ?? [];
    expect(urls).toHaveLength(1);
    expect(urls[0]?.startsWith(publicUrl)).toBe(true);
  });
});

test("a link has a line of its own, its secret, and how long it lives", () => {
  expect(linkIn(all.verify)).toBe(`${publicUrl}/verify?token=${secret}`);
  expect(linkIn(all.reset)).toBe(`${publicUrl}/reset?token=${secret}`);
  expect([all.verify.link, all.reset.link]).toEqual([linkIn(all.verify), linkIn(all.reset)]);
  expect(all.verify.text).toContain("within 24 hours");
  expect(all.reset.text).toContain("within 30 minutes");
});

test("the old address is told the new one", () => {
  expect(all.address.text).toContain("new@example.org");
});
