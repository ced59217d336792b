import { SessionEnded } from "@/lib/board/session";
import { ApiError, NetworkError } from "@/lib/client/client";

/** Why the server did not do it, for the person who asked. */
export function refusalOf(error: unknown): string {
  if (error instanceof SessionEnded) return "Sign in, and try again.";
  if (error instanceof NetworkError) return "The server cannot be reached. Try again in a moment.";
  if (!(error instanceof ApiError)) return "That did not work. Try again.";
  if (error.code === "rate_limited") return "Too many attempts. Wait a little and try again.";
  if (error.status >= 500) return "The server cannot do it at the moment. Nothing is lost: try again.";
  return error.errors.length > 0 ? "Something is not right yet: see below." : error.detail;
}

/** By the name of the member. */
export const errorsOf = (error: unknown): Record<string, string> =>
  error instanceof ApiError
    ? Object.fromEntries(error.errors.map(({ path, message }) => [path, message]))
    : {};
