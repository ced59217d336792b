import type { Page } from "playwright/test";
import { expect, row, test } from "../board-fixtures";
import { fill, LAYERS, openLayer, PLACES, visit } from "./places";

test.describe("E33 the focus has a ring of 2 px", () => {
  for (const place of PLACES)
    test(`on ${place.name}, in its colours and in forced ones`, async ({ board, page }) => {
      const taskId = await fill(board);
      await visit(page, { board, place, taskId });
      for (const forcedColors of ["none", "active"] as const) {
        await page.emulateMedia({ forcedColors });
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        expect(await ringless(page)).toEqual([]);
      }
    });
});

/** The first stops of the Tab key that do not show that they have the focus. */
async function ringless(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (let count = 0; count < 25; count += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return null;
      // The ring of an input that is laid over its label is drawn around what is beside it.
      const shown = [active, active.nextElementSibling].filter((element) => element !== null);
      const hasRing = shown.some((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      });
      return hasRing ? null : `${active.tagName} ${active.getAttribute("aria-label") ?? active.textContent}`;
    });
    if (name) found.push(name);
  }
  return found;
}

test("E33 in forced colours a quadrant keeps its border, its number and its name", async ({ board }) => {
  await fill(board);
  const page = await board.open();
  await page.emulateMedia({ forcedColors: "active" });
  for (const [at, name] of ["Do", "Schedule", "Delegate", "Drop"].entries()) {
    const region = page.getByRole("region", { name, exact: true });
    await expect(region.getByRole("heading")).toContainText(String(at + 1));
    expect(await region.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe("solid");
  }
});

test.describe("E33 who wants no motion gets none", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  for (const layer of LAYERS)
    test(layer.name, async ({ board, page }) => {
      await fill(board);
      await page.addInitScript(() => {
        const moved: string[] = [];
        Reflect.set(window, "moved", moved);
        const note = () => {
          for (const animation of document.getAnimations()) {
            const { duration, iterations } = animation.effect?.getComputedTiming() ?? {};
            const name =
              Reflect.get(animation, "transitionProperty") ?? Reflect.get(animation, "animationName");
            if (
              Number(duration) > 80 ||
              iterations === Number.POSITIVE_INFINITY ||
              /transform|translate|scale/.test(name)
            )
              moved.push(`${name} for ${duration} ms`);
          }
        };
        document.addEventListener("transitionrun", note);
        document.addEventListener("animationstart", note);
      });
      await openLayer(board, layer);
      await page.keyboard.press("Escape");
      expect(await page.evaluate(() => Reflect.get(window, "moved"))).toEqual([]);
    });

  test("E33 a card that moves", async ({ board }) => {
    await fill(board);
    const page = await board.open();
    await row(page, "A").focus();
    await page.keyboard.press("2");
    await expect(row(page, "A")).toBeFocused();
    const running = await page.evaluate(() =>
      document.getAnimations().map(({ effect }) => effect?.getTiming().duration),
    );
    expect(running.filter((duration) => Number(duration) > 80)).toEqual([]);
  });
});
