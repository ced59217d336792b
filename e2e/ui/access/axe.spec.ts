import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { expect, test } from "../board-fixtures";
import { fill, LAYERS, openLayer, PLACES, THEMES, visit, WIDTHS } from "./places";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test.use({ contextOptions: { reducedMotion: "reduce" } });
test.describe.configure({ timeout: 60_000 });

for (const width of WIDTHS)
  test.describe(`E33 axe finds nothing at ${width} px, in the light and in the dark`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const place of PLACES)
      test(`on ${place.name}`, async ({ board, page }) => {
        const taskId = await fill(board);
        await checkBothThemes(await visit(page, { board, place, taskId }));
      });

    for (const layer of LAYERS)
      test(`with ${layer.name}`, async ({ board }) => {
        await fill(board);
        await checkBothThemes(await openLayer(board, layer));
      });
  });

async function checkBothThemes(page: Page): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} (${colorScheme}) at ${target}: ${failureSummary}`),
    );
    expect(found).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain("color-contrast");
  }
}
