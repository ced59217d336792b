import { expect, test } from "../../fixtures";
import { signOutOn } from "../../support/account-menu";
import {
  claimsIn,
  cookieOf,
  createBrowserPerson,
  ownPost,
  sessionRow,
  setCookieOf,
  signInBrowser,
} from "../../support/browser-session";
import { startServer } from "../../support/server";

test.describe.configure({ timeout: 60_000 });

const accessTo = (url: string, token: string) =>
  fetch(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } });

const tradeFor = async (url: string, token: string): Promise<string> => {
  const response = await ownPost(url, "/api/auth/token", token);
  expect(response.status).toBe(200);
  const body = await response.json();
  expect(body).toEqual({ access_token: expect.any(String), expires_in: 300, token_type: "Bearer" });
  return body.access_token;
};

test.describe("POST /api/auth/token", () => {
  test("200 an access token of the same session, and the cookie stays as it is", async ({ server }) => {
    const person = await createBrowserPerson(server.databaseUrl);
    const response = await ownPost(server.url, "/api/auth/token", person.token);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const token = await tradeFor(server.url, person.token);
    const [, payload = ""] = token.split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
      sub: person.id,
      sid: person.sessionId,
      auth_time: person.claims.auth_time,
    });
    expect((await accessTo(server.url, token)).status).toBe(200);
  });

  test("401 without a cookie, with garbage, and with a bearer token in its place", async ({
    server,
    user,
  }) => {
    expect((await ownPost(server.url, "/api/auth/token")).status).toBe(401);
    expect((await ownPost(server.url, "/api/auth/token", "garbage")).status).toBe(401);
    expect((await ownPost(server.url, "/api/auth/token", user.token)).status).toBe(401);
    const response = await fetch(`${server.url}/api/auth/token`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        authorization: `Bearer ${user.token}`,
      },
    });
    expect(response.status).toBe(401);
  });
});

test("T-39 403 or 415 from what a cookie alone does for a page of another site, and nothing happens", async ({
  server,
}) => {
  const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
  const json = { "content-type": "application/json" };
  const attacks: [number, Record<string, string>][] = [
    [403, { ...json, "sec-fetch-site": "cross-site" }],
    [403, { ...json, "sec-fetch-site": "same-site" }],
    [403, { ...json, "sec-fetch-site": "none" }],
    [403, { ...json, origin: "https://evil.example" }],
    [403, { ...json, origin: "null" }],
    [403, json],
    [415, { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" }],
    [415, { "sec-fetch-site": "same-origin", "content-type": "text/plain" }],
  ];
  for (const path of ["/api/auth/refresh", "/api/auth/token"])
    for (const [status, headers] of attacks) {
      const cookie = cookieOf(person.token);
      const response = await fetch(server.url + path, {
        method: "POST",
        headers: { ...headers, cookie },
        body: "{}",
      });
      expect(response.status, `${path} ${JSON.stringify(headers)}`).toBe(status);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    }
  expect(await sessionRow(server.databaseUrl, person.sessionId)).toMatchObject({ generation: 0 });
});

test("T-39 500 from a form of ours that a page of another site sends, and nobody is signed out", async ({
  server,
}) => {
  const person = await createBrowserPerson(server.databaseUrl);
  const cookie = cookieOf(person.token);
  const home = await (await fetch(`${server.url}/matrix`, { headers: { cookie } })).text();
  const send = async (origin: string) => {
    const body = new FormData();
    for (const [, name = "", value = ""] of home.matchAll(
      /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g,
    ))
      body.set(name, value.replaceAll("&quot;", '"'));
    const headers = { cookie, origin };
    const response = await fetch(`${server.url}/matrix`, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
    });
    return { status: response.status, cookie: setCookieOf(response.headers) };
  };
  for (const origin of ["https://evil.example", "null", `${server.url}0`])
    expect(await send(origin), origin).toEqual({ status: 500, cookie: undefined });
  expect((await sessionRow(server.databaseUrl, person.sessionId)).revoke_reason).toBeNull();
  expect(await send(server.url)).toEqual({ status: 303, cookie: null });
  expect((await sessionRow(server.databaseUrl, person.sessionId)).revoke_reason).toBe("signed_out");
});

test("GET /api/auth/session tells who is signed in, and changes nothing", async ({ server }) => {
  const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
  const response = await fetch(`${server.url}/api/auth/session`, {
    headers: { cookie: cookieOf(person.token) },
  });
  expect(await response.json()).toEqual({
    user: { id: person.id },
    expires: new Date(person.claims.exp * 1000).toISOString(),
  });
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await (await fetch(`${server.url}/api/auth/session`)).json()).toBeNull();
  expect(await sessionRow(server.databaseUrl, person.sessionId)).toMatchObject({ generation: 0 });
});

test("T-21 401 from every credential of a session as soon as it is signed out, and elsewhere within 2 s", async ({
  server,
  driver,
  context,
  page,
}) => {
  const person = await createBrowserPerson(server.databaseUrl);
  const other = await startServer({ databaseUrl: server.databaseUrl, driver });
  const access = await tradeFor(server.url, person.token);
  for (const { url } of [server, other]) expect((await accessTo(url, access)).status).toBe(200);
  await signInBrowser(context, server.url, person.token);
  await page.goto("/matrix");
  await signOutOn(page);
  await expect(page).toHaveURL("/sign-in");
  const signedOutAt = performance.now();
  expect(await claimsIn(context)).toBeNull();

  const tasks = (url: string) =>
    fetch(`${url}/api/v1/tasks`, { headers: { authorization: `Bearer ${access}` } });
  expect((await tasks(server.url)).status).toBe(401);
  expect((await ownPost(server.url, "/api/auth/token", person.token)).status).toBe(401);
  expect((await ownPost(server.url, "/api/auth/refresh", person.token)).status).toBe(401);
  await expect.poll(async () => (await tasks(other.url)).status, { intervals: [100] }).toBe(401);
  expect(performance.now() - signedOutAt).toBeLessThan(4_000);
  expect((await accessTo(other.url, access)).status).toBe(401);
  expect((await ownPost(other.url, "/api/auth/token", person.token)).status).toBe(401);
  await other.stop();
});

test("T-30 what a client says of its own session is not listened to", async ({ server }) => {
  const person = await createBrowserPerson(server.databaseUrl);
  const wish = { role: "admin", sub: crypto.randomUUID(), sid: crypto.randomUUID(), aex: 4_102_444_800 };
  const csrf = await fetch(`${server.url}/api/auth/csrf`);
  expect(csrf.status).toBe(404);
  const update = await fetch(`${server.url}/api/auth/session`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      cookie: cookieOf(person.token),
    },
    body: JSON.stringify({ csrfToken: "x", data: wish, ...wish }),
  });
  expect(update.status).toBe(405);
  expect(setCookieOf(update.headers)).toBeUndefined();
  for (const path of ["/api/auth/refresh", "/api/auth/token"]) {
    const response = await fetch(server.url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        cookie: cookieOf(person.token),
      },
      body: JSON.stringify(wish),
    });
    expect(response.status).toBeLessThan(300);
    expect(setCookieOf(response.headers)).toBeUndefined();
  }
  const seen = await fetch(`${server.url}/api/auth/session`, {
    headers: { cookie: cookieOf(person.token) },
  });
  expect(await seen.json()).toMatchObject({ user: { id: person.id } });
});

test("404 from what else Auth.js would offer under /api/auth", async ({ server }) => {
  const GET = ["csrf", "providers", "signin", "signin/oidc", "signout", "error", "callback/credentials"];
  const POST = ["callback/credentials", "signin/oidc", "signout", "callback/oidc", "webauthn-options"];
  const requests = [...GET.map((path) => ["GET", path]), ...POST.map((path) => ["POST", path])];
  for (const [method, path] of requests) {
    const response = await fetch(`${server.url}/api/auth/${path}`, { method, redirect: "manual" });
    expect(response.status, `${method} ${path}`).toBe(404);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  }
});
