import { isIPv4, isIPv6 } from "node:net";

/** `<secret> <address of the socket>`: set by our own server, which overwrites whatever a client sends. */
export const PEER_HEADER = "x-fourfold-peer";

type Options = { trustedProxyHops: number; isVercel: boolean; peerSecret: string };

export type ClientAddress = (headers: Pick<Headers, "get">) => string | null;

const BRACKETED = /^\[(.+)\](?::\d+)?$/;
const IPV4_AND_PORT = /^([\d.]+):\d+$/;
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/**
 * Where a request comes from, as far as anybody whom we trust says so. Each proxy adds, on the right, whom it was called
 * by, so what a client made up itself is further left than the hops that are counted.
 */
export function createClientAddress({ trustedProxyHops, isVercel, peerSecret }: Options): ClientAddress {
  if (isVercel) return (headers) => canonical(headers.get("x-real-ip"));
  const start = `${peerSecret} `;
  const peerOf: ClientAddress = (headers) => {
    const value = headers.get(PEER_HEADER);
    return value?.startsWith(start) ? value.slice(start.length) : null;
  };
  if (trustedProxyHops === 0) return (headers) => canonical(peerOf(headers));
  return (headers) => {
    // Next, too, puts the peer where nobody has forwarded anything.
    const forwarded = headers.get("x-forwarded-for") ?? peerOf(headers);
    return canonical(forwarded?.split(",").at(-trustedProxyHops));
  };
}

/** One text for one address, however it is written; null for what is none. */
function canonical(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  const address = (BRACKETED.exec(trimmed) ?? IPV4_AND_PORT.exec(trimmed))?.[1] ?? trimmed;
  if (isIPv4(address)) return address;
  const withoutZone = address.replace(/%.*$/, "");
  if (!isIPv6(withoutZone)) return null;
  const { hostname } = new URL(`http://[${withoutZone}]`);
  const short = hostname.slice(1, -1);
  const [, high = "", low = ""] = MAPPED.exec(short) ?? [];
  return high === "" ? short : [...bytesOf(high), ...bytesOf(low)].join(".");
}

function bytesOf(group: string): [number, number] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
