import { CredentialsSignin } from "next-auth";
import { isUnavailable } from "@/lib/db/failures";
import { AppError } from "@/lib/errors";
import { describeError, log } from "@/lib/log";

/** Why nobody was signed in, in a form that Auth.js hands on as it is. Any other error it calls a misconfiguration. */
export class Refusal extends CredentialsSignin {
  override code: string;

  constructor(code: "credentials" | "rate_limited" | "unavailable") {
    super();
    this.code = code;
  }
}

export function refusalFor(error: unknown): Refusal {
  const code = error instanceof AppError ? error.code : undefined;
  if (code === "unauthenticated" || code === "invalid") return new Refusal("credentials");
  if (code === "rate_limited") return new Refusal("rate_limited");
  if (code !== "unavailable" && !isUnavailable(error))
    log.error({ ...describeError(error) }, "Signing in failed.");
  return new Refusal("unavailable");
}
