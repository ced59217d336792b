import { openToken } from "@/lib/web-session/token";
import { expect, test } from "../../fixtures";
import {
  type BrowserPerson,
  cookieOf,
  createBrowserPerson,
  ownPost,
  sessionRow,
  setCookieOf,
} from "../../support/browser-session";
import { query } from "../../support/database";

test.describe.configure({ timeout: 60_000 });

type Options = { headers?: Record<string, string>; path?: string };

const visit = (url: string, { token }: BrowserPerson, { headers, path = "/matrix" }: Options = {}) =>
  fetch(url + path, { headers: { cookie: cookieOf(token), ...headers }, redirect: "manual" });

const successorIn = (response: Response) => openToken(setCookieOf(response.headers) ?? undefined);

test.describe("the cookie of a browser that goes to a page", () => {
  test("stays as it is until it is due", async ({ server }) => {
    const person = await createBrowserPerson(server.databaseUrl);
    const response = await visit(server.url, person);
    expect(await response.text()).toContain(person.email);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("becomes the next one when it is due, in the row and in the browser", async ({ server }) => {
    const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
    const response = await visit(server.url, person);
    expect(await response.text()).toContain(person.email);
    const { sub, sid, auth_time, amr } = person.claims;
    expect(await successorIn(response)).toMatchObject({ sub, sid, auth_time, amr, gen: 1 });
    expect(await sessionRow(server.databaseUrl, person.sessionId)).toMatchObject({ generation: 1 });
  });

  test("stays as it is when a form is sent", async ({ server }) => {
    const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
    const response = await fetch(`${server.url}/sign-in`, {
      method: "POST",
      headers: { cookie: cookieOf(person.token) },
      body: new URLSearchParams({ email: "x" }),
    });
    expect(setCookieOf(response.headers)).toBeUndefined();
    expect(await sessionRow(server.databaseUrl, person.sessionId)).toMatchObject({ generation: 0 });
  });

  test("is deleted when its session has ended, or when nobody can read it", async ({ server }) => {
    const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
    expect(setCookieOf((await visit(server.url, { ...person, token: "garbage" })).headers)).toBeNull();
    const again = { ...person, token: `${person.token}x` };
    expect(setCookieOf((await visit(server.url, again)).headers)).toBeNull();
    await ownPost(server.url, "/api/auth/refresh", person.token);
    await expireGrace(server.databaseUrl, person);
    const response = await visit(server.url, person);
    expect(setCookieOf(response.headers)).toBeNull();
    expect(response.headers.get("location")).toBe("/sign-in?next=%2Fmatrix");
    const row = await sessionRow(server.databaseUrl, person.sessionId);
    expect(row.revoke_reason).toBe("refresh_reuse");
  });

  test("T-24 turns once for 30 pages and parts of pages at the same time, and for none that is fetched ahead", async ({
    server,
  }) => {
    const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
    const ahead: Options[] = [
      { headers: { rsc: "1", "next-router-prefetch": "1" } },
      { headers: { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" } },
      { headers: { "sec-purpose": "prefetch" } },
      { headers: { "sec-purpose": "prefetch;prerender" } },
      { headers: { purpose: "prefetch" } },
    ];
    for (const response of await Promise.all(ahead.map((options) => visit(server.url, person, options)))) {
      expect(response.status).toBeLessThan(400);
      expect(setCookieOf(response.headers)).toBeUndefined();
    }
    expect(await sessionRow(server.databaseUrl, person.sessionId)).toMatchObject({ generation: 0 });

    const kinds: Options[] = [{}, { headers: { rsc: "1" } }, { path: "/sign-in" }];
    const requests = Array.from({ length: 30 }, (_, index) => kinds[index % kinds.length]);
    const responses = await Promise.all(requests.map((options) => visit(server.url, person, options)));
    const generations = await Promise.all(
      responses.map(async (response) => {
        expect(response.status).toBeLessThan(400);
        const cookie = setCookieOf(response.headers);
        return cookie === undefined ? "kept" : (await openToken(cookie ?? undefined))?.gen;
      }),
    );
    // One that would wait longer than its page is worth leaves the cookie to the next.
    for (const generation of generations) expect(["kept", 1]).toContain(generation);
    expect(await successorIn(await visit(server.url, person))).toMatchObject({ gen: 1 });
    const row = await sessionRow(server.databaseUrl, person.sessionId);
    expect(row).toEqual({ generation: 1, revoke_reason: null });
  });
});

const expireGrace = (databaseUrl: string, { sessionId }: BrowserPerson) =>
  query(databaseUrl, "update sessions set rotated_at = now() - interval '31 seconds' where id = $1", [
    sessionId,
  ]);
