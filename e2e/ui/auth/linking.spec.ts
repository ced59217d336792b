import type { BrowserContext, Page } from "playwright/test";
import { expect } from "../../fixtures";
import { expectAccount } from "../../support/account-menu";
import { claimsIn, createBrowserPerson, sessionRow, signInBrowser } from "../../support/browser-session";
import { query } from "../../support/database";
import {
  accountsOf,
  alertOn,
  eventsOf,
  logIn,
  newPerson,
  signInThrough,
  test,
  type World,
} from "./openid-world";

test.describe.configure({ timeout: 90_000 });

const startLinking = async (world: World, context: BrowserContext, page: Page, token: string) => {
  await page.goto("/sign-in");
  await signInBrowser(context, world.url, token);
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
};

test("T-27 a session that lives is linked to the provider's account, one that was revoked is not", async ({
  world,
  context,
  page,
}) => {
  const live = await createBrowserPerson(world.server.databaseUrl);
  const own = newPerson(world);
  await startLinking(world, context, page, live.token);
  await logIn(page, own.login);
  await expectAccount(page, live.email);
  expect(await accountsOf(world, own.login)).toMatchObject([{ user_id: live.id }]);
  expect((await sessionRow(world.server.databaseUrl, live.sessionId)).revoke_reason).toBe("replaced");
  expect(await eventsOf(world, live.id)).toEqual(["account_linked", "sign_in"]);

  await context.clearCookies();
  const victim = await createBrowserPerson(world.server.databaseUrl);
  const thief = newPerson(world);
  await query(
    world.server.databaseUrl,
    "update sessions set revoked_at = now(), revoke_reason = 'signed_out' where id = $1",
    [victim.sessionId],
  );
  await startLinking(world, context, page, victim.token);
  await logIn(page, thief.login);
  await expectAccount(page, thief.email);
  const [account] = await accountsOf(world, thief.login);
  expect(account?.user_id).not.toBe(victim.id);
  expect(account?.email).toBe(thief.email);
  expect(await eventsOf(world, victim.id)).toEqual([]);
});

test("T-28 the address of an account opens nothing to a provider's account, whether it was verified or not", async ({
  world,
  context,
  page,
}) => {
  for (const isVerified of [true, false]) {
    const owner = await createBrowserPerson(world.server.databaseUrl, { password: "a long enough password" });
    if (isVerified)
      await query(world.server.databaseUrl, "update users set email_verified_at = now() where id = $1", [
        owner.id,
      ]);
    const { login } = newPerson(world, { email: ` ${owner.email.toUpperCase()}` });
    await context.clearCookies();
    await signInThrough(page, login);
    await expect(page).toHaveURL(/\/sign-in\?error=OAuthAccountNotLinked/);
    await expect(alertOn(page)).toContainText("There is an account with this e-mail address");
    expect(await claimsIn(context)).toBeNull();
    expect(await accountsOf(world, login)).toEqual([]);
    expect(await eventsOf(world, owner.id)).toEqual([]);
  }
});

const CHECKS = ["state", "pkce.code_verifier", "nonce"].map((name) => `authjs.${name}`);

/** The address that the provider sends the browser back to, where it has not gone yet. */
async function callbackFor(page: Page, login: string): Promise<string> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await page.getByLabel("Login").waitFor();
  let response = await page.request.post(page.url(), { form: { login }, maxRedirects: 0 });
  for (let hops = 0; hops < 5; hops += 1) {
    const location = new URL(response.headers().location ?? "", response.url()).href;
    if (location.includes("/api/auth/callback/")) return location;
    response = await page.request.get(location, { maxRedirects: 0 });
  }
  throw new Error("The provider sends nobody back.");
}

test("T-29 a callback without the cookies of its own beginning signs nobody in", async ({
  world,
  browser,
}) => {
  test.slow();
  const attempt = async (change: (context: BrowserContext, page: Page, url: string) => Promise<string>) => {
    const context = await browser.newContext({ baseURL: world.url });
    const page = await context.newPage();
    const { login } = newPerson(world);
    const url = await callbackFor(page, login);
    await page.goto(await change(context, page, url));
    const claims = await claimsIn(context);
    const { pathname, searchParams } = new URL(page.url());
    await context.close();
    return { claims, pathname, error: searchParams.get("error"), accounts: await accountsOf(world, login) };
  };
  const refused = { claims: null, pathname: "/sign-in", error: "Configuration", accounts: [] };

  for (const name of CHECKS)
    expect(
      await attempt(async (context, _, url) => {
        await context.clearCookies({ name });
        return url;
      }),
      `without ${name}`,
    ).toEqual(refused);

  for (const name of CHECKS)
    expect(
      await attempt(async (context, _, url) => {
        const stranger = await browser.newContext({ baseURL: world.url });
        const page = await stranger.newPage();
        await page.goto("/sign-in");
        await page.getByRole("button", { name: "Continue with Example ID" }).click();
        await page.getByLabel("Login").waitFor();
        const foreign = (await stranger.cookies()).filter((cookie) => cookie.name === name);
        expect(foreign).toHaveLength(1);
        await context.addCookies(foreign);
        await stranger.close();
        return url;
      }),
      `with another browser's ${name}`,
    ).toEqual(refused);

  const forgedState = await attempt(async (_context, _page, url) => {
    const forged = new URL(url);
    forged.searchParams.set("state", "forged");
    return forged.href;
  });
  expect(forgedState).toEqual(refused);

  const otherProvider = await attempt(async (context, page, url) => {
    const { searchParams } = new URL(url);
    await context.clearCookies();
    await page.route("https://github.com/**", (route) => route.fulfill({ body: "GitHub" }));
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.waitForURL("https://github.com/**");
    const state = new URL(page.url()).searchParams.get("state") ?? "";
    expect(state).not.toBe("");
    searchParams.set("state", state);
    return `${world.url}/api/auth/callback/oidc?${searchParams}`;
  });
  expect(otherProvider).toEqual(refused);

  const untouched = await attempt(async (_context, _page, url) => url);
  expect(untouched).toMatchObject({ pathname: "/matrix", error: null, accounts: [{}] });
});
