import type { BrowserContext, Page } from "playwright/test";
import { test as base, expect } from "../../fixtures";
import { claimsIn, createBrowserPerson, sessionRow, signInBrowser } from "../../support/browser-session";
import { createDatabase, query } from "../../support/database";
import { CLIENT, openIdProvider, type Person } from "../../support/openid-provider";
import { freePort, type Server, startServer } from "../../support/server";

type World = { server: Server; url: string; people: Map<string, Person> };

/** A server that people can sign in to through a provider. They come by a name of this machine, not by its number. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({ driver }, use) => {
      const database = await createDatabase();
      const port = await freePort();
      const environment = {
        AUTH_OIDC_ISSUER: `http://127.0.0.1:${port}`,
        AUTH_OIDC_ID: CLIENT.id,
        AUTH_OIDC_SECRET: CLIENT.secret,
        AUTH_OIDC_NAME: "Example ID",
        AUTH_GITHUB_ID: "nobody",
        AUTH_GITHUB_SECRET: "nothing",
      };
      const server = await startServer({ databaseUrl: database.url, driver, environment });
      const url = server.url.replace("127.0.0.1", "localhost");
      const people = new Map<string, Person>();
      const provider = await openIdProvider({ port, people, redirectUri: `${url}/api/auth/callback/oidc` });
      await use({ server, url, people });
      await provider.close();
      await server.stop();
      await database.drop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ world }, use) => use(world.url),
});

test.describe.configure({ timeout: 30_000 });

/** Ours: Next keeps one of its own beside the page. */
const alertOn = (page: Page) => page.getByRole("main").getByRole("alert");

let count = 0;

function newPerson({ people }: World, person: Partial<Person> = {}) {
  count += 1;
  const login = `${Date.now()}-${process.pid}-${count}`;
  people.set(login, {
    sub: login,
    email: `${login}@example.org`,
    email_verified: true,
    name: "Grace Hopper",
    ...person,
  });
  return { login, email: `${login}@example.org` };
}

async function logIn(page: Page, login: string): Promise<void> {
  await page.getByLabel("Login").fill(login);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function signInThrough(page: Page, login: string, from = "/sign-in"): Promise<void> {
  await page.goto(from);
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await logIn(page, login);
}

const accountsOf = ({ server }: World, login: string) =>
  query<{ user_id: string; email: string; is_verified: boolean }>(
    server.databaseUrl,
    `select a.user_id, u.email, u.email_verified_at is not null as is_verified
     from accounts a join users u on u.id = a.user_id where a.provider = 'oidc' and a.provider_account_id = $1`,
    [login],
  );

const eventsOf = async ({ server }: World, userId: string) =>
  (
    await query<{ kind: string }>(
      server.databaseUrl,
      "select kind from security_events where user_id = $1 order by id",
      [userId],
    )
  ).map(({ kind }) => kind);

for (const javaScriptEnabled of [true, false])
  test(`a stranger signs up and in through the provider, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    world,
    browser,
  }) => {
    const context = await browser.newContext({ baseURL: world.url, javaScriptEnabled });
    const page = await context.newPage();
    const { login, email } = newPerson(world, { email: "" });
    world.people.set(login, { sub: login, email: email.toUpperCase(), email_verified: true, name: "Grace" });
    await signInThrough(page, login, "/sign-in?next=/home%3Fwelcome");
    await expect(page).toHaveURL(`${world.url}/home?welcome`);
    await expect(page.getByText(email)).toBeVisible();
    const [account] = await accountsOf(world, login);
    expect(account).toMatchObject({ email, is_verified: true });
    const first = await claimsIn(context);
    expect(first).toMatchObject({ sub: account?.user_id, gen: 0, amr: ["fed"] });

    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.getByRole("button", { name: "Continue with Example ID" }).click();
    await page.waitForURL(/\/home$|interaction/);
    if (page.url().includes("interaction")) await logIn(page, login);
    await expect(page.getByText(email)).toBeVisible();
    const second = await claimsIn(context);
    expect(second?.sub).toBe(first?.sub);
    expect(second?.sid).not.toBe(first?.sid);
    expect(await eventsOf(world, String(first?.sub))).toEqual([
      "sign_up",
      "account_linked",
      "sign_in",
      "sign_out",
      "sign_in",
    ]);
    await context.close();
  });

test("an account keeps nothing of the provider but who it says the person is", async ({ world, page }) => {
  const { login } = newPerson(world, { email_verified: false });
  await signInThrough(page, login);
  await expect(page).toHaveURL(/\/home$/);
  const rows = await query(
    world.server.databaseUrl,
    "select * from accounts where provider_account_id = $1",
    [login],
  );
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual([
    "created_at",
    "provider",
    "provider_account_id",
    "type",
    "user_id",
  ]);
  expect(await accountsOf(world, login)).toMatchObject([{ is_verified: false }]);
});

test("somebody whose account was closed gets in through no provider", async ({ world, page, context }) => {
  const { login } = newPerson(world);
  await signInThrough(page, login);
  await expect(page).toHaveURL(/\/home$/);
  const [account] = await accountsOf(world, login);
  await query(world.server.databaseUrl, "update users set is_active = false where id = $1", [
    account?.user_id,
  ]);
  await context.clearCookies();
  await signInThrough(page, login);
  await expect(alertOn(page)).toHaveText("This account cannot be used.");
  expect(await claimsIn(context)).toBeNull();
});

test("a provider that names no address signs nobody up", async ({ world, page, context }) => {
  const { login } = newPerson(world, { email: undefined });
  await signInThrough(page, login);
  await expect(alertOn(page)).toContainText("did not tell us an e-mail address");
  expect(await claimsIn(context)).toBeNull();
  expect(await accountsOf(world, login)).toEqual([]);
});

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
  await expect(page.getByText(live.email)).toBeVisible();
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
  await expect(page.getByText(thief.email)).toBeVisible();
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
  expect(untouched).toMatchObject({ pathname: "/home", error: null, accounts: [{}] });
});
