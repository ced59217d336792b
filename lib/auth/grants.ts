import { SCOPES } from "@/lib/scopes";
import { ACCESS_TOKEN_SECONDS } from "./lifetimes";
import { issueRefreshToken } from "./refresh-tokens";
import type { Session } from "./sessions";
import { signAccessToken } from "./tokens";

/** What a client of the API holds of its session. */
export async function grantFor(session: Session) {
  return {
    ...(await accessFor(session)),
    refreshToken: issueRefreshToken({ sessionId: session.id, generation: session.generation }),
    sessionId: session.id,
  };
}

/** A token to act with for a while, which cannot be renewed. */
export async function accessFor(session: Session, lifetimeSeconds = ACCESS_TOKEN_SECONDS) {
  const leftSeconds = Math.floor((session.absoluteExpiresAt.getTime() - Date.now()) / 1000);
  const expiresIn = Math.max(1, Math.min(lifetimeSeconds, leftSeconds));
  const { id: sessionId, ...subject } = session;
  const accessToken = await signAccessToken({ ...subject, sessionId, scopes: SCOPES }, expiresIn);
  return { accessToken, expiresIn, tokenType: "Bearer" as const };
}
