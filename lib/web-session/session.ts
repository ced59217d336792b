import { cookies } from "next/headers";
import { cache } from "react";
import { browserContext } from "./context";
import { sessionCookie } from "./cookie";
import { readSession } from "./read";

export type BrowserSession = { userId: string; sessionId: string; authenticatedAt: Date };

/** Who looks at the page, null for nobody. Throws `unavailable` when that cannot be known. */
export const getSession = cache(async (): Promise<BrowserSession | null> => {
  const token = (await cookies()).get(sessionCookie.name)?.value;
  const claims = await readSession(await browserContext(), token);
  return (
    claims && {
      userId: claims.sub,
      sessionId: claims.sid,
      authenticatedAt: new Date(claims.auth_time * 1000),
    }
  );
});
