import type { PublicCtx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { grantFor } from "./grants";
import { readRefreshToken } from "./refresh-tokens";
import { rotateSession } from "./rotate";

/** One answer for everything that may be wrong with the token; a forged one costs no query. */
export async function refresh(ctx: PublicCtx, { refreshToken }: { refreshToken: string }) {
  const credential = readRefreshToken(refreshToken);
  if (!credential) return refuse();
  const rotation = await rotateSession(ctx, { ...credential, kind: "api" });
  return "session" in rotation ? grantFor(rotation.session) : refuse();
}

function refuse(): never {
  throw new AppError("unauthenticated", "The refresh token is not valid.");
}
