import { randomInt } from "node:crypto";
import type { Page } from "playwright/test";
import { uuidv7 } from "@/lib/uuid";
import { test as base, expect } from "../../fixtures";
import { expectAccount } from "../../support/account-menu";
import { claimsIn, createBrowserPerson, sessionRow, signInBrowser } from "../../support/browser-session";
import { createDatabase, query } from "../../support/database";
import { linkIn, type Mailbox, openMailbox } from "../../support/mailbox";
import { type Server, startServer } from "../../support/server";

const PASSWORD = "seven lamps over the harbour";

type Town = { server: Server; mailbox: Mailbox; url: string };

/** A server that sends mail. Every test comes from a place of its own, so that none uses up the attempts of another. */
const test = base.extend<object, { town: Town }>({
  town: [
    async ({ driver }, use) => {
      const [database, mailbox] = [await createDatabase(), await openMailbox()];
      const environment = { SMTP_URL: mailbox.url };
      const server = await startServer({ databaseUrl: database.url, driver, environment });
      await use({ server, mailbox, url: server.url.replace("127.0.0.1", "localhost") });
      await server.stop();
      await mailbox.close();
      await database.drop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ town }, use) => use(town.url),
  extraHTTPHeaders: async ({ driver: _ }, use) => {
    const parts = Array.from({ length: 3 }, () => randomInt(1, 255));
    await use({ "x-forwarded-for": `10.${parts.join(".")}` });
  },
});

/** Ours: Next keeps one of its own beside the page. */
const alertOn = (page: Page) => page.getByRole("main").getByRole("alert");

const newAddress = () => `${uuidv7()}@example.org`;

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(value);
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await fill(page, { "E-mail": email, Password: password });
  await press(page, "Sign in");
}

const isVerified = async ({ server }: Town, email: string) =>
  (
    await query<{ is_verified: boolean }>(
      server.databaseUrl,
      "select email_verified_at is not null as is_verified from users where email = $1",
      [email],
    )
  )[0]?.is_verified;

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });
    test.describe.configure({ timeout: 60_000 });

    test("somebody signs up, out and in again, and ends where they wanted to go", async ({
      page,
      context,
    }) => {
      const email = newAddress();
      await page.goto("/sign-up?next=/matrix%3Ffirst");
      await fill(page, { "Name (optional)": "Ada", "E-mail": email.toUpperCase(), Password: PASSWORD });
      await press(page, "Sign up");
      await expect(page).toHaveURL(/\/matrix\?first$/);
      await expectAccount(page, email);

      await press(page, "Sign out");
      await expect(page).toHaveURL("/sign-in");
      expect(await claimsIn(context)).toBeNull();
      await page.goto("/matrix");
      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await fill(page, { "E-mail": email, Password: PASSWORD });
      await press(page, "Sign in");
      await expect(page).toHaveURL("/matrix");
      expect(await claimsIn(context)).toMatchObject({ gen: 0, amr: ["pwd"] });
      await page.goto("/sign-in?next=https://evil.example/");
      await expect(page).toHaveURL("/matrix");
    });

    test("a wrong password is said aloud, and only the address stays", async ({ page, town, context }) => {
      const { email } = await createBrowserPerson(town.server.databaseUrl, { password: PASSWORD });
      await signIn(page, email, "the wrong one");
      await expect(alertOn(page)).toHaveText("The e-mail address or the password is wrong.");
      await expect(page.getByLabel("E-mail")).toHaveValue(email);
      await expect(page.getByLabel("Password")).toHaveValue("");
      expect(await page.content()).not.toContain("the wrong one");
      expect(await claimsIn(context)).toBeNull();
      await expect(async () => {
        await signIn(page, email, "wrong again");
        await expect(alertOn(page)).toHaveText("Too many attempts. Wait a little and try again.", {
          timeout: 1_500,
        });
      }).toPass();
    });

    test("what is wrong with a new account stands beside its field", async ({ page, town }) => {
      await page.goto("/sign-up");
      await fill(page, { "E-mail": "not an address", Password: "short" });
      await press(page, "Sign up");
      await expect(alertOn(page)).toHaveText("Something is not right yet: see below.");
      await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(
        /^E-mail must be an e-mail address/,
      );
      await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("E-mail")).toHaveValue("not an address");
      await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/^Password must have/);
      await expect(page.getByLabel("Name (optional)")).not.toHaveAttribute("aria-invalid");

      const { email } = await createBrowserPerson(town.server.databaseUrl);
      await fill(page, { "E-mail": email, Password: PASSWORD });
      await press(page, "Sign up");
      await expect(alertOn(page)).toContainText("There is an account with this e-mail address");
    });

    test("a forgotten password is replaced through the mail, and every session ends", async ({
      page,
      town,
      context,
    }) => {
      const person = await createBrowserPerson(town.server.databaseUrl, { password: PASSWORD });
      await page.goto("/forgot");
      await fill(page, { "E-mail": person.email });
      await press(page, "Send the link");
      await expect(page.getByRole("status")).toContainText("a message with a link is on its way");
      const link = linkIn(await town.mailbox.mailTo(person.email));
      await page.goto(link);
      await fill(page, { "New password": "short" });
      await press(page, "Change the password");
      await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/New password must have/);
      await fill(page, { "New password": "eight lanterns by the shore" });
      await press(page, "Change the password");
      await expect(page.getByRole("status")).toContainText("Your password is changed");
      const row = await sessionRow(town.server.databaseUrl, person.sessionId);
      expect(row.revoke_reason).toBe("password_reset");
      await signIn(page, person.email, PASSWORD);
      await expect(alertOn(page)).toContainText("is wrong");
      await signIn(page, person.email, "eight lanterns by the shore");
      await expect(page).toHaveURL("/matrix");

      await context.clearCookies();
      await page.goto(link);
      await fill(page, { "New password": "nine bells under the bridge" });
      await press(page, "Change the password");
      await expect(alertOn(page)).toContainText("This link was used");
    });

    test("an address is confirmed by a button, not by whatever opens the link", async ({ page, town }) => {
      const email = newAddress();
      await page.goto("/sign-up");
      await fill(page, { "E-mail": email, Password: PASSWORD });
      await press(page, "Sign up");
      await expect(page).toHaveURL("/matrix");
      const link = linkIn(await town.mailbox.mailTo(email));
      await page.goto(link);
      await page.reload();
      expect(await isVerified(town, email)).toBe(false);
      await press(page, "Confirm");
      await expect(page.getByRole("status")).toHaveText(`${email} is confirmed.`);
      expect(await isVerified(town, email)).toBe(true);
      await page.goto(link);
      await press(page, "Confirm");
      await expect(alertOn(page)).toContainText("This link was used");
    });
  });

test("T-31 a cookie that was planted is not the one after signing in, and opens nothing from then on", async ({
  page,
  town,
  context,
}) => {
  const { databaseUrl } = town.server;
  const attacker = await createBrowserPerson(databaseUrl);
  const victim = await createBrowserPerson(databaseUrl, { password: PASSWORD });
  for (const planted of [attacker, victim]) {
    await context.clearCookies();
    await page.goto("/sign-in");
    await signInBrowser(context, town.url, planted.token);
    await fill(page, { "E-mail": victim.email, Password: PASSWORD });
    await press(page, "Sign in");
    await expectAccount(page, victim.email);
    const claims = await claimsIn(context);
    expect(claims?.sub).toBe(victim.id);
    expect(claims?.sid).not.toBe(planted.sessionId);
    expect((await sessionRow(databaseUrl, planted.sessionId)).revoke_reason).toBe("replaced");
  }
});
