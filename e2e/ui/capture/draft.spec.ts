import { expect, NOW, test, titlesIn } from "../board-fixtures";
import { openLine, openUsed, understood } from "./line";

test("E13 half a line survives the end of the page, and what was given back stays so", async ({ board }) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  await line.pressSequentially("Call mum friday");
  await page.keyboard.press("Backspace");
  await line.pressSequentially(" about the");
  const later = await page.context().newPage();
  await page.close();

  await later.clock.setFixedTime(NOW);
  await later.goto("/matrix");
  await later.locator("[data-ready]").waitFor({ state: "attached" });
  const again = await openLine(later);
  await expect(again).toHaveValue("Call mum friday about the");
  await expect(understood(later)).toHaveCount(0);
});

test("E13 a line that was closed is there when it is opened again, and gone once it is added", async ({
  board,
}) => {
  const page = await openUsed(board);
  const line = await openLine(page);
  await line.pressSequentially("Half a thought");
  await page.keyboard.press("Escape");
  await expect(line).toHaveCount(0);
  await expect(await openLine(page)).toHaveValue("Half a thought");
  await page.keyboard.press("Enter");
  await expect.poll(() => titlesIn(page, "Unsorted")).toEqual(["Half a thought"]);
  await expect(await openLine(page)).toHaveValue("");
  await page.reload();
  await page.locator("[data-ready]").waitFor({ state: "attached" });
  await expect(await openLine(page)).toHaveValue("");
});
