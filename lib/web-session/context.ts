import { headers } from "next/headers";
import type { Client, PublicCtx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { createClientAddress, peerSecret } from "@/lib/http/client-address";

const addressOf = createClientAddress({
  trustedProxyHops: env.TRUSTED_PROXY_HOPS,
  isVercel: env.VERCEL !== undefined,
  peerSecret: peerSecret(),
});

const clientOf = (headers: Pick<Headers, "get">): Client => ({
  address: addressOf(headers),
  userAgent: headers.get("user-agent"),
});

export const contextOf = (headers: Pick<Headers, "get">): PublicCtx => ({
  db: database().db,
  client: clientOf(headers),
});

/** Of the request that a page, an action or a callback of Auth.js works on. */
export const browserContext = async (): Promise<PublicCtx> => contextOf(await headers());
