import { keysFor } from "@/lib/auth/keys";
import type { Client } from "@/lib/context";
import { env } from "@/lib/env";
import { createClientAddress } from "@/lib/http/trusted-address";

/** Known to the processes of this service alone, so that where no server of ours is in front nobody can name a peer. */
export const peerSecret = Buffer.from(keysFor("peer").current.secret).toString("base64url");

/** Where a request comes from, as this installation can know it. */
export const addressOf = createClientAddress({
  trustedProxyHops: env.TRUSTED_PROXY_HOPS,
  isVercel: env.VERCEL !== undefined,
  peerSecret,
});

export const clientOf = (headers: Pick<Headers, "get">): Client => ({
  address: addressOf(headers),
  userAgent: headers.get("user-agent"),
});
