import type { Page } from "playwright/test";
import { expect, row, test } from "../board-fixtures";
import { fill, LAYERS, openLayer } from "./places";
import { coveredFocus, tabThrough } from "./stops";

const HEIGHTS = [800, 480];

for (const height of HEIGHTS)
  test.describe(`E33 what has the focus can be seen, at a height of ${height} px`, () => {
    test.use({ viewport: { width: 1024, height } });

    test("down every card, with the selection bar and a notification there", async ({ board }) => {
      test.setTimeout(60_000);
      const page = await openCrowded(board);
      await row(page, "do 1").focus();
      for (let count = 0; count < 60; count += 1) {
        await page.keyboard.press("j");
        expect(await coveredFocus(page)).toBeNull();
      }
      for (let count = 0; count < 60; count += 1) {
        await page.keyboard.press("k");
        expect(await coveredFocus(page)).toBeNull();
      }
    });

    test("from stop to stop of the Tab key", async ({ board }) => {
      test.setTimeout(60_000);
      const page = await openCrowded(board);
      await tabThrough(page);
    });
  });

async function openCrowded(board: Parameters<typeof openLayer>[0]): Promise<Page> {
  const kinds = ["do", "schedule", "delegate", "drop"] as const;
  await board.seed(
    ...kinds.flatMap((kind) =>
      Array.from({ length: 16 }, (_, at) => ({ title: `${kind} ${at + 1}`, in: kind })),
    ),
  );
  const page = await board.open();
  await row(page, "drop 16").focus();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("region", { name: "Notifications" }).getByRole("listitem")).toBeVisible();
  await row(page, "do 2").focus();
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Selection" })).toBeVisible();
  return page;
}

test.describe("E33 the focus goes into what opens, stays in it, and comes back", () => {
  const opened = LAYERS.filter(({ name }) =>
    ["the menu of a card", "the due picker", "quick add", "the palette", "the shortcut sheet"].includes(name),
  );
  for (const layer of opened)
    test(layer.name, async ({ board }) => {
      await fill(board);
      const page = await openLayer(board, layer);
      const isInside = () =>
        layer.shown(page).evaluate((element) => element.contains(document.activeElement));
      expect(await isInside()).toBe(true);
      await expect.poll(() => closes(page, layer)).toBe(true);
      await expect(row(page, "A")).toBeFocused();
    });

  test("a modal one keeps the Tab key", async ({ board }) => {
    await fill(board);
    for (const layer of LAYERS.filter(({ name }) => ["quick add", "the shortcut sheet"].includes(name))) {
      const page = await openLayer(board, layer);
      for (let count = 0; count < 12; count += 1) {
        await page.keyboard.press("Tab");
        const isOutside = await page.evaluate(
          () => document.activeElement !== document.body && !document.activeElement?.closest("dialog[open]"),
        );
        expect(isOutside, layer.name).toBe(false);
      }
    }
  });

  test("one that destroys begins with Cancel", async ({ board }) => {
    await fill(board);
    for (const layer of LAYERS.filter(({ name }) => name.startsWith("the question before"))) {
      const page = await openLayer(board, layer);
      await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(layer.shown(page)).toBeHidden();
    }
  });
});

/** Esc, as often as something in it has a use for it. */
async function closes(page: Page, layer: (typeof LAYERS)[number]): Promise<boolean> {
  await page.keyboard.press("Escape");
  return !(await layer.shown(page).isVisible());
}
