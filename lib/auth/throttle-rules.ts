import { createHmac } from "node:crypto";
import { bucketOf } from "@/lib/http/address-bucket";
import { keysFor } from "./keys";
import type { Charge } from "./throttle";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

type Address = { address: string | null };

/**
 * From a place where the user has signed in before the account's count is left out: strangers who guess at the account
 * cannot make its owner wait.
 */
export function signInCharges({
  email,
  address,
  isKnownPlace,
}: Address & { email: string; isKnownPlace: boolean }): Charge[] {
  const windowSeconds = 15 * MINUTE;
  const account: Charge = {
    key: keyOf("sign-in account", email),
    limit: 10,
    windowSeconds,
    longestDelaySeconds: 30,
    onSuccess: "forget",
  };
  const accountHere: Charge = {
    key: keyOf("sign-in account and address", email, bucketOf(address)),
    limit: 5,
    windowSeconds,
    longestDelaySeconds: 5 * MINUTE,
    onSuccess: "forget",
  };
  const here = addressCharge("sign-in", address, 50, windowSeconds);
  return [...(isKnownPlace ? [] : [account]), accountHere, { ...here, onSuccess: "give back" }];
}

export const signUpCharges = ({ address }: Address): Charge[] => [
  addressCharge("sign-up", address, 10, HOUR),
];

/** For whatever sends mail to an address that somebody names. */
export const mailCharges = ({ email, address }: Address & { email: string }): Charge[] => [
  { key: keyOf("mail account", email), limit: 3, windowSeconds: HOUR },
  addressCharge("mail", address, 20, HOUR),
];

const addressCharge = (
  policy: string,
  address: string | null,
  limit: number,
  windowSeconds: number,
): Charge => ({ key: keyOf(`${policy} address`, bucketOf(address)), limit, windowSeconds, policy });

/** Whom a count is of is nobody's business, not even of those who read the table. */
function keyOf(count: string, ...of: string[]): string {
  const { secret } = keysFor("throttle").current;
  return `${count} ${createHmac("sha256", secret)
    .update([count, ...of].join("\0"))
    .digest("base64url")}`;
}
