import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import NextAuth, { AuthError, type NextAuthConfig } from "next-auth";
import { keysFor } from "@/lib/auth/keys";
import { IDLE_SECONDS } from "@/lib/auth/lifetimes";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import { adapter } from "./adapter";
import { beginSession } from "./begin";
import { browserContext } from "./context";
import { sessionCookie } from "./cookie";
import { passwordProvider } from "./credentials";
import { oauthProviders } from "./oauth";
import { readSessionStrictly } from "./read";
import { Claims, sealToken } from "./token";

const SIGN_IN = "/sign-in";

const callbacks: NextAuthConfig["callbacks"] = {
  /** Before an account is made or linked. A path is where the browser is sent instead. */
  signIn: async ({ user, account }) => {
    if (account?.type === "credentials") return true;
    if ("isActive" in user) return user.isActive === true;
    if (!user.email) return `${SIGN_IN}?error=no_email`;
    return env.SIGNUPS === "open" || (await isSignedIn()) || `${SIGN_IN}?error=closed`;
  },

  /** The only moment at which anything goes into the cookie: an update from a client changes nothing. */
  jwt: ({ token, user, account, trigger }) => {
    if (trigger !== "signIn" && trigger !== "signUp") return token;
    if (!user?.id || !account) throw new Error("Auth.js signed nobody in.");
    return beginSession(user.id, account);
  },
};

const isSignedIn = async () => {
  const token = (await cookies()).get(sessionCookie.name)?.value;
  return (await readSessionStrictly(await browserContext(), token)) !== null;
};

/** Auth.js seals what it needs between two steps of a sign-in with these, and nothing that outlives it. */
const secret = [...keysFor("sign-in steps").byKid.values()].map((key) =>
  Buffer.from(key).toString("base64url"),
);

const { handlers, signIn } = NextAuth({
  adapter,
  providers: [passwordProvider, ...oauthProviders],
  secret,
  trustHost: true,
  useSecureCookies: sessionCookie.options.secure,
  cookies: { sessionToken: sessionCookie },
  session: { strategy: "jwt", maxAge: IDLE_SECONDS.web },
  jwt: {
    encode: ({ token }) => sealToken(Claims.parse(token)),
    // It decides which account a provider's is linked to, so a session that has ended must not decode.
    decode: async ({ token }) => readSessionStrictly(await browserContext(), token),
  },
  pages: { signIn: SIGN_IN, error: SIGN_IN },
  callbacks,
  // Its own lines would show what was posted.
  logger: {
    error: (error) => log.warn({ ...describeError(causeOf(error)) }, "Auth.js refused a sign-in."),
    warn: (code) => log.warn({ auth_code: code }, "Auth.js warns."),
    debug: () => {},
  },
});

function causeOf(error: Error): Error {
  const cause = error instanceof AuthError ? error.cause : undefined;
  return cause?.err instanceof Error ? cause.err : error;
}

/** Where a provider sends the browser back to: at the address that it was sent away from, as `signIn` reads it. */
export function finishSignIn(request: NextRequest): Promise<Response> {
  const { headers, nextUrl } = request;
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? nextUrl.host;
  const protocol = headers.get("x-forwarded-proto") ?? nextUrl.protocol.replace(":", "");
  const url = new URL(nextUrl.pathname + nextUrl.search, `${protocol}://${host}`);
  return handlers.GET(new NextRequest(url, request));
}

export { signIn };
