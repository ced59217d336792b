import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { sessionCookie } from "@/lib/web-session/cookie";
import { contentSecurityPolicy } from "@/lib/web-session/csp";
import { renewOnNavigation } from "@/lib/web-session/navigation";
import { providerOrigins } from "@/lib/web-session/providers";

const CSP = "content-security-policy";

/** A layout is not told which page it is around. */
const PAGE = "x-fourfold-page";

/** A convenience, never the guard: pages and actions find out for themselves who is asking. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString("base64"),
    formTargets: providerOrigins,
    isDevelopment: env.NODE_ENV === "development",
  });
  const change = await renewOnNavigation(request);
  // The page that is rendered next reads the request, and the browser the response.
  if (change === "ended") request.cookies.delete(sessionCookie.name);
  else if (change) request.cookies.set(sessionCookie.name, change.value);
  const headers = new Headers(request.headers);
  headers.set(CSP, policy);
  headers.set(PAGE, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  if (change) {
    const { value, expiresAt: expires } = change === "ended" ? { value: "", expiresAt: new Date(0) } : change;
    response.cookies.set({ name: sessionCookie.name, value, expires, ...sessionCookie.options });
  }
  response.headers.set(CSP, policy);
  if (sessionCookie.options.secure)
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  return response;
}

export const config = {
  matcher: [
    {
      source:
        "/((?!api(?:/|$)|health(?:/auth|/db|/ready)?/?$|metrics/?$|_next/static/|_next/image|icon\\.svg$|sw\\.js$).*)",
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};
