import { headers } from "next/headers";
import { clientOf } from "@/lib/client-address";
import type { Ctx, PublicCtx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { SCOPES } from "@/lib/scopes";
import type { BrowserSession } from "./session";

export const contextOf = (headers: Pick<Headers, "get">): PublicCtx => ({
  db: database().db,
  client: clientOf(headers),
});

/** Of the request that a page, an action or a callback of Auth.js works on. */
export const browserContext = async (): Promise<PublicCtx> => contextOf(await headers());

/** For what a page shows of the person who looks at it. */
export async function pageContext({ userId, sessionId, authenticatedAt }: BrowserSession): Promise<Ctx> {
  const actor = { userId, spaceId: userId, sessionId, authenticatedAt, scopes: SCOPES };
  return { ...(await browserContext()), actor };
}
