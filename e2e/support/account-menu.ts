import { expect, type Page } from "playwright/test";

export const openAccountMenu = (page: Page) => page.getByRole("button", { name: /^Account:/ }).click();

/** Who the page says is signed in. */
export async function expectAccount(page: Page, email: string): Promise<void> {
  await openAccountMenu(page);
  await expect(page.getByRole("region", { name: "Account", exact: true })).toContainText(email);
}

export async function signOutOn(page: Page): Promise<void> {
  await openAccountMenu(page);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
}
