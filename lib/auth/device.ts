import { createHash } from "node:crypto";
import type { Client } from "@/lib/context";
import { networkOf } from "@/lib/http/address-bucket";

export type Device = {
  /** What its owner knows it by. */
  name: string;
  /** The network it speaks from, and not which machine of it. */
  addressPrefix: string | null;
  agentHash: string | null;
};

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad|iPod/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

export function deviceOf({ address, userAgent }: Client = { address: null, userAgent: null }): Device {
  return {
    name: nameOf(userAgent ?? ""),
    addressPrefix: address === null ? null : prefixOf(address),
    agentHash: userAgent === null ? null : createHash("sha256").update(userAgent).digest("base64url"),
  };
}

function nameOf(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const program = /^[\w.-]{1,40}/.exec(userAgent)?.[0];
  const name = browser ?? (program === "Mozilla" ? undefined : program) ?? "Unknown program";
  return system ? `${name} on ${system}` : name;
}

/** The first 24 bits of an IPv4 address, the first 48 of an IPv6 one. */
function prefixOf(address: string): string {
  if (address.includes(":")) return networkOf(address, 3);
  return `${address.split(".").slice(0, 3).join(".")}.0/24`;
}
