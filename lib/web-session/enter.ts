import { CredentialsSignin } from "next-auth";
import { AppError } from "@/lib/errors";
import { signIn } from "./auth";
import type { Provider } from "./providers";

/** Signs this browser in, through the same door as every other sign-in of Auth.js. */
export async function enterWithPassword(credentials: { email: string; password: string }): Promise<void> {
  try {
    await signIn("credentials", { ...credentials, redirect: false });
  } catch (error) {
    throw error instanceof CredentialsSignin ? appErrorOf(error) : error;
  }
}

/** Sends the browser to the provider, which sends it back to the page asked for. */
export const enterWithProvider = (id: Provider["id"], redirectTo: string): Promise<never> =>
  signIn(id, { redirectTo });

function appErrorOf({ code }: CredentialsSignin): AppError {
  if (code === "rate_limited") return new AppError("rate_limited", "Too many attempts.");
  if (code === "unavailable") return new AppError("unavailable", "Nobody can be signed in at the moment.");
  return new AppError("unauthenticated", "The e-mail address or the password is wrong.");
}
