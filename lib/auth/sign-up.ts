import { type PublicCtx, transaction } from "@/lib/context";
import { passwords } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createUser } from "@/lib/users/users";
import { recordEvent } from "./events";
import { sendVerification } from "./notices";
import { hashPassword } from "./passwords/hash";
import { requireGoodPassword } from "./passwords/policy";
import { type Credentials, enter } from "./sign-in";
import { charge } from "./throttle";
import { signUpCharges } from "./throttle-rules";

type NewAccount = Credentials & { name?: string | null };

/** The API's sign-up: the account, and a session of this client. */
export async function join(ctx: PublicCtx, account: NewAccount) {
  const { userId } = await signUp(ctx, account);
  return enter(ctx, userId);
}

export async function signUp(ctx: PublicCtx, account: NewAccount) {
  if (env.SIGNUPS === "closed")
    throw new AppError("forbidden", "New accounts are made by the operator here.");
  await charge(ctx, signUpCharges({ address: ctx.client?.address ?? null }));
  const { userId } = await createAccount(ctx, account);
  sendVerification(ctx, { userId, email: account.email });
  return { userId };
}

/** A person with a password. */
export async function createAccount(ctx: PublicCtx, { email, password, name = null }: NewAccount) {
  await requireGoodPassword(password, { email, name });
  const hash = await hashPassword(password);
  return transaction(ctx, async (ctx) => {
    const { id: userId } = await createUser(ctx, { email, name });
    await ctx.db.insert(passwords).values({ userId, hash });
    await recordEvent(ctx, { userId, kind: "sign_up", detail: { method: "password" } });
    return { userId };
  });
}
