import { createBrowserPerson, sessionRow, signInBrowser } from "../../support/browser-session";
import { query } from "../../support/database";
import { expect, test } from "../board-fixtures";
import { insertSession } from "./another-session";

test.use({ tolerated: [/403|422/] });
test.describe.configure({ timeout: 30_000 });

const NEXT = "eight lanterns by the shore";

test("a new password needs the current one, and signs every other device out", async ({ board, server }) => {
  const other = await insertSession(server.databaseUrl, board.person);
  const page = await board.open("/settings/password");
  const main = page.getByRole("main");
  const change = page.getByRole("button", { name: "Change the password" });
  await page.getByLabel("New password").fill("short");
  await change.click();
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription(/is needed/);
  await expect(page.getByLabel("Current password")).toBeFocused();
  await page.getByLabel("Current password").fill("seven lamps over the harbour");
  await change.click();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/New password must have/);
  await page.getByLabel("New password").fill(NEXT);
  await change.click();
  await expect(main.getByText("Your password is saved. Every other device was signed out.")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue("");
  expect((await sessionRow(server.databaseUrl, other)).revoke_reason).toBe("password_changed");
  expect((await sessionRow(server.databaseUrl, board.person.sessionId)).revoke_reason).toBeNull();
});

test("an account without a password gets one", async ({ page, context, server }) => {
  const person = await createBrowserPerson(server.databaseUrl);
  await signInBrowser(context, server.url, person.token);
  await page.goto("/settings/password");
  await expect(page.getByLabel("Current password")).toHaveCount(0);
  await page.locator("[data-ready]").waitFor({ state: "attached" });
  await page.getByLabel("New password").fill(NEXT);
  await page.getByRole("button", { name: "Set a password" }).click();
  await expect(page.getByLabel("Current password")).toBeVisible();
  const rows = await query(server.databaseUrl, "select 1 from passwords where user_id = $1", [person.id]);
  expect(rows).toHaveLength(1);
});
