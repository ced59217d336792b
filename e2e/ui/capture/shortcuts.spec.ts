import { AxeBuilder } from "@axe-core/playwright";
import { expect, row, test, titlesIn } from "../board-fixtures";
import { openUsed } from "./line";

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
  const change = { body: { preferences: { shortcuts: false } } };
  expect((await board.api("PATCH", "/api/v1/auth/me", change)).status).toBe(200);
  const page = await openUsed(board);
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

const DIALOGS = [
  { key: "q", name: "Add a task" },
  { key: "Control+k", name: "Commands" },
  { key: "?", name: "Keyboard shortcuts" },
];

for (const { key, name } of DIALOGS)
  test(`“${name}” has nothing that axe knows to be wrong, and fits a narrow phone`, async ({ board }) => {
    test.setTimeout(30_000);
    await board.seed("A");
    const page = await board.open();
    await page.emulateMedia({ reducedMotion: "reduce" });
    await row(page, "A").focus();
    await page.keyboard.press(key);
    const dialog = page.getByRole("dialog", { name });
    await dialog
      .getByRole("textbox")
      .or(dialog.getByRole("combobox"))
      .first()
      .fill("move the demo today at 9 !1");
    const wrong = async (builder: AxeBuilder) =>
      (await builder.include("dialog").analyze()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
      );
    expect(await wrong(new AxeBuilder({ page }))).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await wrong(new AxeBuilder({ page }).withRules("color-contrast"))).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    const { scrollWidth, clientWidth } = await dialog.evaluate(({ scrollWidth, clientWidth }) => ({
      scrollWidth,
      clientWidth,
    }));
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
