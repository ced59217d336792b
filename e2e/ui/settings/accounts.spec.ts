import { createBrowserPerson, signInBrowser } from "../../support/browser-session";
import { query } from "../../support/database";
import { expect, test } from "../board-fixtures";

test.use({ tolerated: [/409 \(Conflict\)/] });

for (const [what, password, outcome] of [
  ["goes when there is another way in", "seven lamps over the harbour", "oidc is no longer connected."],
  [
    "stays when it is the only way in, and the page says so",
    undefined,
    "This is the only way into the account",
  ],
] as const)
  test(`a connected account ${what}`, async ({ page, context, server }) => {
    const person = await createBrowserPerson(server.databaseUrl, password ? { password } : {});
    await query(
      server.databaseUrl,
      "insert into accounts (user_id, type, provider, provider_account_id) values ($1::uuid, 'oidc', 'oidc', $1::text)",
      [person.id],
    );
    await signInBrowser(context, server.url, person.token);
    await page.goto("/settings/accounts");
    await page.locator("[data-ready]").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Disconnect oidc" }).click();
    await expect(page.getByRole("main").getByText(outcome)).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: "Disconnect oidc" })).toHaveCount(password ? 0 : 1);
  });
