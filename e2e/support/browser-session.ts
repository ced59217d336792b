import type { BrowserContext } from "playwright/test";
import { hashPassword } from "@/lib/auth/passwords/hash";
import { sessionCookie } from "@/lib/web-session/cookie";
import { type Claims, nowSeconds, openToken, sealToken } from "@/lib/web-session/token";
import { query } from "./database";
import { insertPerson } from "./person";

const DAY_SECONDS = 24 * 60 * 60;

export type BrowserPerson = {
  id: string;
  email: string;
  sessionId: string;
  claims: Claims;
  /** Of the session's cookie. */
  token: string;
};

/** Somebody with a browser that is signed in. A cookie that is due is traded for the next by the next navigation. */
export async function createBrowserPerson(
  databaseUrl: string,
  { isDue = false, password }: { isDue?: boolean; password?: string } = {},
): Promise<BrowserPerson> {
  const { id, sessionId, email } = await insertPerson(databaseUrl, "web");
  if (password !== undefined)
    await query(databaseUrl, "insert into passwords (user_id, hash) values ($1, $2)", [
      id,
      await hashPassword(password),
    ]);
  const claims = claimsWith({ sub: id, sid: sessionId, rat: nowSeconds() + (isDue ? -1 : 600) });
  return { id, email, sessionId, claims, token: await sealToken(claims) };
}

export const claimsWith = (claims: Partial<Claims> & Pick<Claims, "sub" | "sid">): Claims => ({
  gen: 0,
  rat: nowSeconds() + 600,
  aex: nowSeconds() + 30 * DAY_SECONDS,
  exp: nowSeconds() + 7 * DAY_SECONDS,
  auth_time: nowSeconds(),
  amr: ["pwd"],
  ...claims,
});

export const cookieOf = (token: string) => `${sessionCookie.name}=${token}`;

/** Of an answer's session cookie: a value, null when it deletes it, undefined when it does not touch it. */
export function setCookieOf(headers: Headers): string | null | undefined {
  const line = headers.getSetCookie().find((text) => text.startsWith(`${sessionCookie.name}=`));
  const value = line?.slice(sessionCookie.name.length + 1).split(";")[0];
  return value === "" ? null : value;
}

export async function signInBrowser(context: BrowserContext, url: string, token: string): Promise<void> {
  await context.addCookies([
    { name: sessionCookie.name, value: token, url, httpOnly: true, sameSite: "Lax" },
  ]);
}

/** What the browser holds by now. */
export async function claimsIn(context: BrowserContext): Promise<Claims | null> {
  const cookies = await context.cookies();
  return openToken(cookies.find(({ name }) => name === sessionCookie.name)?.value);
}

export async function sessionRow(databaseUrl: string, id: string) {
  const [row] = await query<{ generation: number; revoke_reason: string | null }>(
    databaseUrl,
    "select generation, revoke_reason from sessions where id = $1",
    [id],
  );
  if (!row) throw new Error("There is no such session.");
  return row;
}

/** As the site's own scripts send it. */
export const ownPost = (url: string, path: string, token?: string) =>
  fetch(url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      ...(token && { cookie: cookieOf(token) }),
    },
    body: "{}",
  });
