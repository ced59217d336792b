import type { Actor } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { verifyAccessToken } from "./tokens";

const BEARER = /^bearer +([\w.-]+) *$/i;

/** The API takes bearer tokens only: a cookie never authenticates a request. */
export async function authenticate(request: { headers: Pick<Headers, "get"> }): Promise<Actor> {
  const token = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token) throw new AppError("unauthenticated", "A valid access token is required.");
  return verifyAccessToken(token);
}
