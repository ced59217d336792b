import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { expect, test } from "../board-fixtures";
import { fill, LAYERS, openLayer, PLACES, visit } from "./places";

/** All that another theme changes. */
const COLOR = "color-contrast";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test.use({ contextOptions: { reducedMotion: "reduce" } });
test.describe.configure({ timeout: 90_000 });

for (const place of PLACES)
  test(`E33 axe finds nothing on ${place.name}, light and dark, wide and narrow`, async ({ board, page }) => {
    const taskId = await fill(board);
    await check(await visit(page, { board, place, taskId }));
  });

for (const layer of LAYERS)
  test(`E33 axe finds nothing with ${layer.name}, light and dark, wide and narrow`, async ({ board }) => {
    await fill(board);
    await check(await openLayer(board, layer));
  });

async function check(page: Page): Promise<void> {
  for (const width of [1280, 320])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const builder = new AxeBuilder({ page });
      const asked = colorScheme === "light" ? builder.withTags(TAGS) : builder.withRules(COLOR);
      const { violations, passes } = await asked.analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
      );
      expect.soft(found, `${width} px, ${colorScheme}`).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain(COLOR);
    }
}
