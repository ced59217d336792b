import { expect, row, test, titlesIn } from "../board-fixtures";

test("2.1.4 single keys can be turned off, and then do nothing", async ({ board }) => {
  await board.seed("A");
  const page = await board.open("/settings/shortcuts");
  await page.getByRole("checkbox", { name: "Single keys do things" }).uncheck();
  await expect
    .poll(async () => (await board.api("GET", "/api/v1/auth/me")).body.data.preferences.shortcuts)
    .toBe(false);
  await page.goto("/matrix");
  await page.locator("[data-ready]").waitFor({ state: "attached" });
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  expect(await titlesIn(page, "Do")).toEqual(["A"]);
});
