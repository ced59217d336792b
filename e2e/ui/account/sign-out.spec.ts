import type { Page } from "playwright/test";
import { signOutOn } from "../../support/account-menu";
import { claimsIn } from "../../support/browser-session";
import { expect, row, test } from "../board-fixtures";

test.use({ tolerated: [/Failed to load resource|network error|Failed to fetch/] });
test.describe.configure({ timeout: 45_000 });

const keptIn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("fourfold:")));

test("E05 signing out asks about what is not saved, empties the browser and takes the other tab along", async ({
  board,
  context,
}) => {
  await board.seed("A secret plan");
  const page = await board.open();
  const other = await context.newPage();
  await other.goto("/matrix");
  // While it gets ready it would send what the first one cannot.
  await other.locator("[data-ready]").waitFor({ state: "attached" });

  await page.route("**/api/v1/batch", (route) => route.abort());
  await row(page, "A secret plan").focus();
  await page.keyboard.press("2");
  await expect.poll(async () => (await keptIn(page)).length).toBe(1);

  await signOutOn(page);
  const dialog = page.getByRole("dialog", { name: "Sign out without saving?" });
  await expect(dialog).toContainText("1 change is not saved yet.");
  await expect(dialog.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await signOutOn(page);
  await dialog.getByRole("button", { name: "Sign out now" }).click();

  await expect(page).toHaveURL("/sign-in");
  await expect(other).toHaveURL("/sign-in", { timeout: 2_000 });
  expect(await claimsIn(context)).toBeNull();
  expect(await keptIn(other)).toEqual([]);
  for (const tab of [page, other]) {
    await tab.goBack();
    await tab.goto("/matrix");
    await expect(tab).toHaveURL(/\/sign-in/);
    await expect(tab.getByText("A secret plan")).toHaveCount(0);
  }
});

test("who cannot reach the server stays signed in, with all that is not saved", async ({
  board,
  context,
}) => {
  const page = await board.open("/settings/profile");
  await context.setOffline(true);
  await signOutOn(page);
  await expect(page.getByText("You are still signed in: the server cannot be reached.")).toBeVisible();
  await context.setOffline(false);
  expect(await claimsIn(context)).not.toBeNull();
});
