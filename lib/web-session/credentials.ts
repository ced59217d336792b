import Credentials from "next-auth/providers/credentials";
import { SignIn } from "@/lib/auth/schemas";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { browserContext } from "./context";
import { refusalFor } from "./refusals";

/** Auth.js hands over whatever was posted, of any type and size. */
async function authorize({ email, password }: Partial<Record<string, unknown>>) {
  const given = SignIn.safeParse({ email, password });
  if (!given.success) return null;
  try {
    const { userId } = await signInWithPassword(await browserContext(), given.data);
    return { id: userId };
  } catch (error) {
    throw refusalFor(error);
  }
}

export const passwordProvider = Credentials({ authorize });
