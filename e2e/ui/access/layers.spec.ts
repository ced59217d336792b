import type { Page } from "playwright/test";
import { expect, row, test } from "../board-fixtures";
import { fill, LAYERS, NARROW, openLayer } from "./places";
import { beyond, clipped, smallTargets, spaceOut } from "./room";

test.use({ contextOptions: { reducedMotion: "reduce" } });
test.describe.configure({ timeout: 60_000 });

test.use({ viewport: NARROW[1] });

for (const layer of LAYERS)
  test(`E33 ${layer.name} has room for pointers, narrow windows and wide text, and moves for nobody who minds`, async ({
    board,
    page,
  }) => {
    await fill(board);
    await page.addInitScript(noteMotion);
    await openLayer(board, layer);
    expect.soft(await smallTargets(page, 24), "targets under 24 px").toEqual([]);
    for (const size of NARROW) {
      await page.setViewportSize(size);
      expect.soft(await beyond(page), `beyond the sides at a height of ${size.height}`).toEqual([]);
    }
    const before = await clipped(page);
    await spaceOut(page);
    expect
      .soft(
        (await clipped(page)).filter((text) => !before.includes(text)),
        "lost by wider spacing",
      )
      .toEqual([]);
    expect.soft(await beyond(page), "beyond the sides, spaced out").toEqual([]);
    await page.keyboard.press("Escape");
    expect.soft(await motion(page), "moved").toEqual([]);
  });

test("E33 a card that moves does not fly for who wants no motion", async ({ board, page }) => {
  await fill(board);
  await page.addInitScript(noteMotion);
  await board.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  await row(page, "A").focus();
  for (const key of ["2", "Alt+ArrowDown", "Space", "Control+z"]) await page.keyboard.press(key);
  await row(page, "A").focus();
  await expect(row(page, "A")).toBeFocused();
  expect(await motion(page)).toEqual([]);
});

const motion = (page: Page) => page.evaluate<string[]>(() => Reflect.get(window, "moved"));

/** Runs in the page, before anything of it. */
function noteMotion(): void {
  const moved: string[] = [];
  Reflect.set(window, "moved", moved);
  const note = () => {
    for (const animation of document.getAnimations()) {
      const { duration, iterations } = animation.effect?.getComputedTiming() ?? {};
      const name = Reflect.get(animation, "transitionProperty") ?? Reflect.get(animation, "animationName");
      const isLong = Number(duration) > 80 || iterations === Number.POSITIVE_INFINITY;
      const isFlight = /transform|translate|scale|rotate/.test(name) && Number(duration) > 0;
      if (isLong || isFlight) moved.push(`${name} for ${duration} ms`);
    }
  };
  document.addEventListener("transitionrun", note);
  document.addEventListener("animationstart", note);
}
