import type { Page } from "playwright/test";
import { expect, region, row, stored, test, titlesIn } from "../board-fixtures";

const status = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

/** In steps, as a hand does it, to the middle of a gap between two cards. */
async function drag(page: Page, title: string, to: { x: number; y: number }): Promise<void> {
  const box = await row(page, title).boundingBox();
  if (!box) throw new Error("The card is not there.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
}

const bottomOf = async (page: Page, title: string) => {
  const box = await row(page, title).boundingBox();
  if (!box) throw new Error("The card is not there.");
  return { x: box.x + box.width / 2, y: box.y + box.height - 2 };
};

test("E14 a card that is dragged between two others lands there, offers a day, and goes back by undo", async ({
  board,
}) => {
  await board.seed("A", "B", { title: "C", in: "schedule" }, { title: "D", in: "schedule" });
  const page = await board.open();
  let release = () => {};
  const isHeld = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/v1/batch", async (route) => {
    await isHeld;
    await route.continue();
  });
  await drag(page, "A", await bottomOf(page, "C"));
  await expect(region(page, "Schedule")).toHaveAttribute("data-over", "");
  await expect(page.getByText("→ Schedule")).toBeVisible();
  await page.mouse.up();
  await expect.poll(() => titlesIn(page, "Schedule"), { timeout: 1_000 }).toEqual(["C", "A", "D"]);
  await expect(status(page, "Moved “A” from Do to Schedule, position 2 of 3")).toBeAttached();
  await expect(row(page, "A")).toBeFocused();
  await expect(page.getByRole("group", { name: "When is A due?" })).toBeVisible();
  release();
  await expect.poll(() => stored(board.api, "schedule")).toEqual(["C", "A", "D"]);
  await page.reload();
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["C", "A", "D"]);
});

test("E14 the offered day is taken with one click, and undo brings the card to its exact slot", async ({
  board,
}) => {
  await board.seed("A", "B", "C", { title: "D", in: "schedule" });
  const page = await board.open();
  await drag(page, "B", await bottomOf(page, "D"));
  await page.mouse.up();
  await page.getByRole("group", { name: "When is B due?" }).getByRole("button", { name: "Tomorrow" }).click();
  await expect(row(page, "B").getByRole("button", { name: /^Due Tomorrow/ })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(row(page, "B").getByRole("button", { name: /^Due/ })).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["A", "B", "C"]);
  await expect.poll(() => stored(board.api, "do")).toEqual(["A", "B", "C"]);
});

test("E15 everything goes by keys alone", async ({ board }) => {
  await board.seed("A", "B", "C", { title: "D", in: "delegate" });
  const page = await board.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the tasks" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Digit1");
  await expect(row(page, "A")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(row(page, "C")).toBeFocused();
  await page.keyboard.press("2");
  await expect.poll(() => titlesIn(page, "Schedule")).toEqual(["C"]);
  await expect(row(page, "C")).toBeFocused();
  await page.keyboard.press("u");
  await expect.poll(() => titlesIn(page, "Do")).toEqual(["C", "A", "B"]);
  await page.keyboard.press("Control+Shift+ArrowDown");
  await expect.poll(() => titlesIn(page, "Delegate")).toEqual(["C", "D"]);
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => titlesIn(page, "Delegate")).toEqual(["D", "C"]);
  await expect(row(page, "C")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(row(page, "D")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(row(page, "B")).toBeFocused();
  await expect.poll(() => stored(board.api, "delegate")).toEqual(["D", "C"]);
});

test("E15 the Tab key stops once in each quadrant", async ({ board }) => {
  await board.seed(
    "A",
    "B",
    { title: "C", in: "schedule" },
    { title: "D", in: "delegate" },
    { title: "E", in: "drop" },
  );
  const page = await board.open();
  for (const name of ["Do", "Schedule", "Delegate", "Drop"])
    await expect(
      region(page, name).locator("[tabindex='0'], a:not([tabindex]), button:not([tabindex])"),
    ).toHaveCount(1);
});

test("E15 without single keys the buttons take their turn instead", async ({ board }) => {
  await board.seed("A");
  await board.api("PATCH", "/api/v1/auth/me", { body: { preferences: { shortcuts: false } } });
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("2");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox", { name: "Complete A" })).toBeFocused();
  expect(await titlesIn(page, "Do")).toEqual(["A"]);
});

test("E16 a card moves by clicks alone", async ({ board }) => {
  await board.seed("A", { title: "B", in: "delegate" });
  const page = await board.open();
  await page.getByRole("button", { name: "Move A" }).click();
  await expect(page.getByRole("menuitemradio", { name: /^1 Do/ })).toHaveAttribute("aria-checked", "true");
  await page.getByRole("menuitemradio", { name: "3 Delegate" }).click();
  await expect.poll(() => titlesIn(page, "Delegate")).toEqual(["A", "B"]);
  await expect(row(page, "A")).toBeFocused();
  await page.getByRole("button", { name: "Move B" }).click();
  await page.getByRole("menuitem", { name: "Move up" }).click();
  await expect.poll(() => titlesIn(page, "Delegate")).toEqual(["B", "A"]);
  await expect.poll(() => stored(board.api, "delegate")).toEqual(["B", "A"]);
});

test("E16 the menu is closed by Escape, with the focus back on the card", async ({ board }) => {
  await board.seed("A");
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("m");
  await expect(page.getByRole("menu", { name: "Move A" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(row(page, "A")).toBeFocused();
});
