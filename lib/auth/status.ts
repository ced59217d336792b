import { AppError } from "@/lib/errors";
import { signAccessToken, verifyAccessToken } from "./tokens";

const NOBODY = "00000000-0000-7000-8000-000000000000";

/** Signs a token and verifies it. */
export async function authStatus() {
  try {
    await verifyAccessToken(await tokenOfNobody());
    return { status: "authentication system operational" } as const;
  } catch (cause) {
    throw new AppError("unavailable", "Tokens cannot be made.", { retryAfterSeconds: 10, cause });
  }
}

const tokenOfNobody = () =>
  signAccessToken({
    userId: NOBODY,
    email: "",
    name: null,
    sessionId: NOBODY,
    scopes: [],
    authenticatedAt: new Date(),
  });
