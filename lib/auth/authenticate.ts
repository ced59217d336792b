import type { Actor } from "@/lib/context";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { isRevoked } from "./revocations";
import { isLive } from "./sessions";
import { verifyAccessToken } from "./tokens";

const BEARER = /^bearer +([\w.-]+) *$/i;

type Demand = {
  /** The session is read from the database, so that one that was revoked elsewhere is refused at once. */
  sensitive?: boolean;
};

/** The API takes bearer tokens only: a cookie never authenticates a request. */
export async function authenticate(
  request: { headers: Pick<Headers, "get"> },
  { sensitive }: Demand,
): Promise<Actor> {
  const token = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token) throw new AppError("unauthenticated", "A valid access token is required.");
  const actor = await verifyAccessToken(token);
  const { db } = database();
  const isOver = sensitive ? !(await isLive({ db }, actor)) : await isRevoked(db, actor.sessionId);
  if (isOver) throw new AppError("unauthenticated", "The session has ended.");
  return actor;
}
