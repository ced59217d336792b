const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * Whose requests are counted together. One subscriber has a whole /64 of IPv6 and may change within it at will; whoever
 * cannot be told apart shares one bucket, for to have none would be to have no limit. Takes addresses as
 * `createClientAddress` gives them.
 */
export function bucketOf(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":")) return address;
  return networkOf(address, NETWORK_GROUPS);
}

/** The first groups of an IPv6 address, 16 bits each. */
export function networkOf(address: string, groups: number): string {
  const [left = "", right = ""] = address.split("::");
  const before = left === "" ? [] : left.split(":");
  const after = right === "" ? [] : right.split(":");
  const zeros = Array<string>(Math.max(0, GROUPS - before.length - after.length)).fill("0");
  return `${[...before, ...zeros, ...after].slice(0, groups).join(":")}::/${groups * 16}`;
}
