import { headers } from "next/headers";
import { clientOf } from "@/lib/client-address";
import type { PublicCtx } from "@/lib/context";
import { database } from "@/lib/db/client";

export const contextOf = (headers: Pick<Headers, "get">): PublicCtx => ({
  db: database().db,
  client: clientOf(headers),
});

/** Of the request that a page, an action or a callback of Auth.js works on. */
export const browserContext = async (): Promise<PublicCtx> => contextOf(await headers());
