import type { Client } from "@/lib/context";
import { env } from "@/lib/env";
import { createClientAddress, peerSecret } from "@/lib/http/trusted-address";

/** Where a request comes from, as this installation can know it. */
export const addressOf = createClientAddress({
  trustedProxyHops: env.TRUSTED_PROXY_HOPS,
  isVercel: env.VERCEL !== undefined,
  peerSecret: peerSecret(),
});

export const clientOf = (headers: Pick<Headers, "get">): Client => ({
  address: addressOf(headers),
  userAgent: headers.get("user-agent"),
});
