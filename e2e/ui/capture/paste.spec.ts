import type { Page } from "playwright/test";
import { expect, row, test, titlesIn } from "../board-fixtures";
import { openLine, openUsed, understood, unsorted } from "./line";

async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+v");
}

const FIVE = ["Bread", "Milk tomorrow", "Call Anna !1", "Eggs", "Tea"];

test("E11 five lines become five tasks, which one Ctrl+Z takes back and redo brings again", async ({
  board,
}) => {
  await board.seed({ title: "Old", in: "unsorted" });
  const page = await board.open();
  await row(page, "Old").focus();
  await openLine(page);
  await paste(page, FIVE.join("\n"));
  await expect(understood(page)).toHaveText(["Tomorrow, Thu 15 Oct", "1 Do"]);
  await page.getByRole("button", { name: "Add 5 tasks" }).click();
  await expect.poll(() => titlesIn(page, "Unsorted")).toEqual(["Bread", "Milk", "Eggs", "Tea", "Old"]);
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Call Anna"]);
  await expect(row(page, "Old")).toBeFocused();
  await expect
    .poll(async () => (await unsorted(board.api)).map(({ title }) => title))
    .toEqual(["Bread", "Milk", "Eggs", "Tea", "Old"]);

  await page.keyboard.press("Control+z");
  await expect.poll(() => titlesIn(page, "Unsorted")).toEqual(["Old"]);
  await expect.poll(() => titlesIn(page, "Do")).toEqual([]);
  await expect.poll(async () => (await unsorted(board.api)).length).toBe(1);

  await page.keyboard.press("Control+Shift+z");
  await expect.poll(() => titlesIn(page, "Unsorted")).toEqual(["Bread", "Milk", "Eggs", "Tea", "Old"]);
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Call Anna"]);
  await expect.poll(async () => (await unsorted(board.api)).length).toBe(5);
});

test("several lines may also be one task with notes, word for word", async ({ board }) => {
  const page = await openUsed(board);
  await openLine(page);
  await paste(page, "Shopping !0\n  - bread\n\n  - milk tomorrow");
  await page.getByRole("button", { name: "Add as one with notes" }).click();
  await expect
    .poll(() => unsorted(board.api))
    .toMatchObject([
      { title: "Shopping", description: "  - bread\n\n  - milk tomorrow", due_datetime: null },
    ]);
});

test("a day that is picked goes to all of the lines", async ({ board }) => {
  const page = await openUsed(board);
  await openLine(page);
  await paste(page, "One\nTwo");
  await page.getByRole("button", { name: "Tomorrow", exact: true }).click();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => unsorted(board.api))
    .toMatchObject([
      { title: "One", due_datetime: "2026-10-15T00:00:00.000Z" },
      { title: "Two", due_datetime: "2026-10-15T00:00:00.000Z" },
    ]);
});
