import type { Page } from "playwright/test";
import { createBrowserPerson, signInBrowser } from "../../support/browser-session";
import { query } from "../../support/database";
import { expect, test } from "../board-fixtures";

test.use({ tolerated: [/401 \(Unauthorized\)/] });
test.describe.configure({ timeout: 45_000 });

const PASSWORD = "seven lamps over the harbour";

const dialogOn = (page: Page) => page.getByRole("dialog", { name: "Sign in to continue" });

/** A token goes on for the two seconds in which nobody has heard yet that its session has ended. */
const saveUntilAsked = (page: Page) =>
  expect(async () => {
    if (await dialogOn(page).isHidden())
      await page.getByRole("button", { name: "Save the name" }).click({ timeout: 2_000 });
    await expect(dialogOn(page)).toBeVisible({ timeout: 2_000 });
  }).toPass();

const endSession = (databaseUrl: string, id: string) =>
  query(databaseUrl, "update sessions set revoked_at = now(), revoke_reason = 'ended' where id = $1", [id]);

test("E04 whose session has ended signs in over the page, and what was typed is saved", async ({
  board,
  server,
}) => {
  const page = await board.open("/settings/profile");
  await endSession(server.databaseUrl, board.person.sessionId);
  await page.getByRole("textbox", { name: "Name" }).fill("Ada Lovelace");
  await saveUntilAsked(page);
  await expect(page).toHaveURL("/settings/profile");

  const dialog = dialogOn(page);
  await expect(dialog.getByLabel("E-mail")).toHaveValue(board.person.email);
  await expect(dialog.getByLabel("E-mail")).not.toBeEditable();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Password").fill("the wrong one");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("The e-mail address or the password is wrong.");
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await dialog.getByLabel("Password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();

  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Ada Lovelace");
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(page.getByText("Your name is saved.")).toBeVisible();
});

test("E04 nothing of the one is left when another one has signed in", async ({ board, server, context }) => {
  const page = await board.open("/settings/profile");
  await endSession(server.databaseUrl, board.person.sessionId);
  await saveUntilAsked(page);
  const other = await createBrowserPerson(server.databaseUrl);
  await signInBrowser(context, server.url, other.token);
  const tab = await context.newPage();
  await tab.goto("/offline");
  await tab.evaluate(() => new BroadcastChannel("fourfold").postMessage("signed-in"));
  await expect(page.getByRole("main").getByText(other.email)).toBeVisible();
  await expect(page.getByText(board.person.email)).toHaveCount(0);
});
