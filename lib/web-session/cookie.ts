import { env, publicUrl } from "@/lib/env";

export type SessionCookie = {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
};

/** With the prefix no other host of the same domain can plant one; browsers keep such a cookie over TLS alone. */
export function cookieFor(address: string, isVercel: boolean): SessionCookie {
  const secure = isVercel || address.startsWith("https:");
  return {
    name: secure ? "__Host-fourfold.session" : "fourfold.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
}

/** Decided by the configuration, never by a request: behind a proxy two requests may seem to differ. */
export const sessionCookie = cookieFor(publicUrl, env.VERCEL !== undefined);

/** Of a Cookie header, for handlers that run outside of Next. */
export function cookieValue(header: string | null, name = sessionCookie.name): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const separator = pair.indexOf("=");
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return undefined;
}

export const cookieHeader = (value: string, expiresAt: Date): string =>
  [
    `${sessionCookie.name}=${value}`,
    `Expires=${expiresAt.toUTCString()}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    ...(sessionCookie.options.secure ? ["Secure"] : []),
  ].join("; ");
