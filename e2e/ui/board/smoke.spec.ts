import { expect, region, row, stored, test, titlesIn } from "../board-fixtures";

test("a key moves the card, the server has it, and Ctrl+Z takes it back", async ({ board }) => {
  await board.seed("A", "B", { title: "C", in: "schedule" });
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["A", "C"]);
  await expect(row(page, "A")).toBeFocused();
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["A", "C"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["A", "B"]);
  await expect.poll(() => stored(board.api, "do")).toEqual(["A", "B"]);
  await expect(region(page, "Schedule").getByRole("row")).toHaveCount(1);
});
