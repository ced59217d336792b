import type { Page } from "playwright/test";

export const openAccountMenu = (page: Page) => page.getByRole("button", { name: /^Account:/ }).click();

export async function signOutOn(page: Page): Promise<void> {
  await openAccountMenu(page);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
}
