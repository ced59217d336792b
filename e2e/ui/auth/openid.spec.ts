import { expect } from "../../fixtures";
import { expectAccount } from "../../support/account-menu";
import { claimsIn } from "../../support/browser-session";
import { query } from "../../support/database";
import { accountsOf, alertOn, eventsOf, logIn, newPerson, signInThrough, test } from "./openid-world";

test.describe.configure({ timeout: 90_000 });

for (const javaScriptEnabled of [true, false])
  test(`a stranger signs up and in through the provider, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    world,
    browser,
  }) => {
    const context = await browser.newContext({ baseURL: world.url, javaScriptEnabled });
    const page = await context.newPage();
    const { login, email } = newPerson(world, { email: "" });
    world.people.set(login, { sub: login, email: email.toUpperCase(), email_verified: true, name: "Grace" });
    await signInThrough(page, login, "/sign-in?next=/matrix%3Fwelcome");
    await expect(page).toHaveURL(`${world.url}/matrix?welcome`);
    await expectAccount(page, email);
    const [account] = await accountsOf(world, login);
    expect(account).toMatchObject({ email, is_verified: true });
    const first = await claimsIn(context);
    expect(first).toMatchObject({ sub: account?.user_id, gen: 0, amr: ["fed"] });

    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");
    await page.getByRole("button", { name: "Continue with Example ID" }).click();
    await page.waitForURL(/\/matrix$|interaction/);
    if (page.url().includes("interaction")) await logIn(page, login);
    await expectAccount(page, email);
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
  await expect(page).toHaveURL("/matrix");
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
  await expect(page).toHaveURL("/matrix");
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
