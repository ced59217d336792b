import pg from "pg";
import type { BrowserContext } from "playwright/test";
import { nowSeconds, openToken, sealToken } from "@/lib/web-session/token";
import { test as base, expect } from "../../fixtures";
import { expectAccount, signOutOn } from "../../support/account-menu";
import {
  claimsIn,
  cookieOf,
  createBrowserPerson,
  ownPost,
  sessionRow,
  setCookieOf,
  signInBrowser,
} from "../../support/browser-session";
import { query } from "../../support/database";

type Hold = { isReached(): Promise<void>; letGo(): Promise<void> };

/** Stops every page that shows a profile, and nothing that a session needs. */
const test = base.extend<{ holdPages: () => Promise<Hold> }>({
  holdPages: async ({ server }, use) => {
    const client = new pg.Client({ connectionString: server.databaseUrl });
    await client.connect();
    await use(async () => {
      await client.query("begin");
      await client.query("lock table passwords in access exclusive mode");
      return {
        isReached: () => reached(client),
        letGo: async () => void (await client.query("commit")),
      };
    });
    await client.end();
  },
});

async function reached(client: pg.Client): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const { rows } = await client.query(
      "select 1 from pg_locks where relation = 'passwords'::regclass and not granted",
    );
    if (rows.length > 0) return;
    await client.query("select pg_sleep(0.01)");
  }
  throw new Error("No page waits.");
}

/** A new board saves them at once, and what is not saved would hold the sign-out up. */
const hasSamples = (databaseUrl: string, id: string) =>
  expect
    .poll(async () => (await query(databaseUrl, "select 1 from tasks where space_id = $1", [id])).length)
    .toBeGreaterThan(0);

const refreshIn = async (context: BrowserContext, url: string) => {
  const page = await context.newPage();
  await page.goto(`${url}/forgot`);
  return page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/auth/refresh", { method: "POST", headers, body: "{}" })).status;
  });
};

// A page that is held for too long gives up, and says so.
test.use({ tolerated: [/React error #441|^Failed to load resource/] });
test.describe.configure({ timeout: 60_000 });

test("T-22 a page that was slow does not bring the cookie back after the sign-out, and a copy opens nothing", async ({
  server,
  context,
  page,
  holdPages,
}) => {
  const person = await createBrowserPerson(server.databaseUrl);
  await signInBrowser(context, server.url, person.token);
  await page.goto("/matrix");
  await hasSamples(server.databaseUrl, person.id);
  const hold = await holdPages();
  const slow = await context.newPage();
  const arrival = slow.goto("/matrix");
  await hold.isReached();
  await signOutOn(page);
  await expect(page).toHaveURL("/sign-in");
  await hold.letGo();
  const response = await arrival;
  expect(await response?.headerValue("set-cookie")).toBeNull();
  expect(await claimsIn(context)).toBeNull();

  expect((await ownPost(server.url, "/api/auth/token", person.token)).status).toBe(401);
  expect((await ownPost(server.url, "/api/auth/refresh", person.token)).status).toBe(401);
  const home = await fetch(`${server.url}/matrix`, {
    headers: { cookie: cookieOf(person.token) },
    redirect: "manual",
  });
  expect(home.headers.get("location")).toBe("/sign-in?next=%2Fmatrix");
});

test("T-22 a cookie that was renewed for a slow page is worth nothing after the sign-out", async ({
  server,
  holdPages,
}) => {
  const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
  const hold = await holdPages();
  const arrival = fetch(`${server.url}/matrix`, { headers: { cookie: cookieOf(person.token) } });
  await hold.isReached();
  await query(
    server.databaseUrl,
    "update sessions set revoked_at = now(), revoke_reason = 'signed_out' where id = $1",
    [person.sessionId],
  );
  await hold.letGo();
  const late = setCookieOf((await arrival).headers);
  expect(await openToken(late ?? undefined)).toMatchObject({ gen: 1 });
  expect((await ownPost(server.url, "/api/auth/token", late ?? "")).status).toBe(401);
});

test("T-23 a page that was slow leaves the browser with the new cookie, not with the one it was asked for with", async ({
  server,
  context,
  page,
  holdPages,
}) => {
  const person = await createBrowserPerson(server.databaseUrl);
  await signInBrowser(context, server.url, person.token);
  const hold = await holdPages();
  const arrival = page.goto("/matrix");
  await hold.isReached();
  const due = await sealToken({ ...person.claims, rat: nowSeconds() - 1 });
  await signInBrowser(context, server.url, due);
  expect(await refreshIn(context, server.url)).toBe(204);
  expect(await claimsIn(context)).toMatchObject({ gen: 1 });
  await hold.letGo();
  expect(await (await arrival)?.headerValue("set-cookie")).toBeNull();
  expect(await claimsIn(context)).toMatchObject({ gen: 1 });
  expect((await page.goto("/matrix"))?.status()).toBe(200);
  await expectAccount(page, person.email);
});

test("T-23 a slow page and a fast one that renew the same cookie end with the same one", async ({
  server,
  context,
  page,
  holdPages,
}) => {
  const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
  await signInBrowser(context, server.url, person.token);
  const hold = await holdPages();
  const arrival = page.goto("/matrix");
  await hold.isReached();
  const fast = await context.newPage();
  await fast.goto("/forgot");
  expect(await claimsIn(context)).toMatchObject({ gen: 1 });
  await hold.letGo();
  expect((await arrival)?.status()).toBe(200);
  expect(await claimsIn(context)).toMatchObject({ gen: 1 });
  expect(await sessionRow(server.databaseUrl, person.sessionId)).toEqual({
    generation: 1,
    revoke_reason: null,
  });
});
