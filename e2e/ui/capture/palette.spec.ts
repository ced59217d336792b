import type { Locator, Page } from "playwright/test";
import { expect, row, test, titlesIn } from "../board-fixtures";
import { holdWrites, openUsed } from "./line";

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Command or task" });
  await expect(field).toBeFocused();
  return field;
}

const options = (page: Page) => page.getByRole("option");
const current = (page: Page) => page.getByRole("option", { selected: true });

test("E25 “sched” on a card is the move to Schedule, and Enter does it before the server answers", async ({
  board,
}) => {
  await board.seed("A", { title: "Schedule the dentist", in: "delegate" }, "B");
  const page = await board.open();
  const release = await holdWrites(page);
  await row(page, "A").focus();
  const field = await openPalette(page);
  await expect(page.getByRole("group", { name: "Actions on “A”" })).toBeVisible();
  await field.pressSequentially("sched");
  await expect(current(page)).toHaveAccessibleName("Move “A” to Schedule");
  await expect(options(page).first()).toHaveAccessibleName("Move “A” to Schedule");
  await expect(page.getByRole("option", { name: "Schedule the dentist" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["A"]);
  await expect(row(page, "A")).toBeFocused();
  release();
});

test("E25 Escape gives the focus back to the very card, and a second Ctrl+K closes too", async ({
  board,
}) => {
  await board.seed("A", "B");
  const page = await board.open();
  await row(page, "B").focus();
  for (const key of ["Escape", "Control+k"]) {
    const field = await openPalette(page);
    await page.keyboard.press(key);
    await expect(field).toHaveCount(0);
    await expect(row(page, "B")).toBeFocused();
  }
});

test("E25 arrows say which row is meant, round the ends, and the number of results is told", async ({
  board,
}) => {
  await board.seed("Pay rent", "Pay taxes");
  const page = await board.open();
  const field = await openPalette(page);
  await field.fill("pay");
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("2 results");
  const meant = async () => {
    const id = await field.getAttribute("aria-activedescendant");
    return page.locator(`[id="${id}"]`).getAttribute("aria-label");
  };
  expect(await meant()).toBe("Pay rent");
  await page.keyboard.press("ArrowDown");
  expect(await meant()).toBe("Pay taxes");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  expect(await meant()).toBe("Search everywhere for “pay”");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/task\/[0-9a-f-]{36}$/);
});

test("E25 words that nothing knows may become a task", async ({ board }) => {
  const page = await openUsed(board);
  const field = await openPalette(page);
  await field.fill("Zebra crossing tomorrow");
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText(/Nothing found/);
  await expect(options(page)).toHaveCount(2);
  await expect(current(page)).toHaveAccessibleName("Create task “Zebra crossing tomorrow”");
  await page.keyboard.press("Enter");
  const line = page.getByRole("textbox", { name: "New task" });
  await expect(line).toBeFocused();
  await expect(line).toHaveValue("Zebra crossing tomorrow");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect.poll(() => titlesIn(page, "Unsorted")).toEqual(["Zebra crossing"]);
});

test("E25 undo says what it takes back, and is offered only when there is something", async ({ board }) => {
  await board.seed("Pay rent", "B");
  const page = await board.open();
  const field = await openPalette(page);
  await field.fill("undo");
  await expect(page.getByRole("option", { name: /^Undo/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await row(page, "Pay rent").focus();
  await page.keyboard.press("Space");
  await expect(row(page, "Pay rent")).toHaveCount(0);
  await (await openPalette(page)).fill("undo");
  await page.getByRole("option", { name: "Undo: completed “Pay rent”" }).click();
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["Pay rent", "B"]);
});

test("E25 the palette is there in the very next picture", async ({ board }) => {
  const operations = Array.from({ length: 100 }, (_, index) => ({
    op: "create",
    body: { title: `Task ${index}` },
  }));
  expect((await board.api("POST", "/api/v1/batch", { body: { operations } })).status).toBe(200);
  const page = await board.open();
  // The first time brings the code, unless it is there already.
  await openPalette(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const focused = await page.evaluate(() => {
    const init = { key: "k", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent("keydown", init));
    return new Promise((resolve) => {
      requestAnimationFrame(() => resolve(document.activeElement?.getAttribute("role")));
    });
  });
  expect(focused).toBe("combobox");
  await page.getByRole("combobox").fill("task");
  await expect(page.getByRole("group", { name: "Tasks" }).getByRole("option")).toHaveCount(12);
});
