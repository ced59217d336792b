import { AxeBuilder } from "@axe-core/playwright";
import { expect, row, test, titlesIn } from "../board-fixtures";
import { openLine } from "./line";

test("the sheet of shortcuts opens with ?, finds keys by what they do, and gives the focus back", async ({
  board,
}) => {
  await board.seed("A");
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByRole("heading", { level: 3 })).toHaveText([
    "Anywhere",
    "Go to",
    "Board",
    "Task",
    "Selection",
  ]);
  await sheet.getByLabel("Find a shortcut").fill("snooze");
  await expect(sheet.getByRole("term")).toHaveText(["Due date…"]);
  await expect(sheet.getByRole("definition")).toHaveText("D");
  await page.keyboard.press("Escape");
  await expect(row(page, "A")).toBeFocused();
});

test("with single keys off the sheet says so, the palette still opens, and letters do nothing", async ({
  board,
}) => {
  await board.api("PATCH", "/api/v1/profile", { body: { preferences: { shortcuts: false } } });
  const page = await board.open();
  await page.keyboard.press("q");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.getByRole("combobox").fill("keyboard");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Single keys are off")).toBeVisible();
  await expect(sheet.getByRole("link", { name: "Turn them on" })).toHaveAttribute(
    "href",
    "/settings/shortcuts",
  );
});

test("printed, the sheet is all there is", async ({ board }) => {
  await board.seed("A");
  const page = await board.open();
  await page.keyboard.press("?");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: "Keyboard shortcuts" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Fourfold" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
});

test("Space on a button presses the button, whatever is selected", async ({ board }) => {
  await board.seed("A", "B");
  const page = await board.open();
  await row(page, "A").focus();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Add", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("textbox", { name: "New task" })).toBeFocused();
  expect(await titlesIn(page, "Do")).toEqual(["A", "B"]);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the three dialogs have nothing that axe knows to be wrong, ${colorScheme}, wide and narrow`, async ({
    board,
  }) => {
    test.setTimeout(40_000);
    await board.seed("A");
    const page = await board.open();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await row(page, "A").focus();
    const check = async () => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        ).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    };
    const line = await openLine(page);
    await line.fill("Prepare the demo today at 9 !1");
    await check();
    await row(page, "A").focus();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeFocused();
    await check();
    await row(page, "A").focus();
    await page.keyboard.press("?");
    await expect(page.getByRole("heading", { name: "Keyboard shortcuts" })).toBeVisible();
    await check();
  });
