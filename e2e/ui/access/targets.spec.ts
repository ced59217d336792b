import type { Page } from "playwright/test";
import { expect, test } from "../board-fixtures";
import { fill, LAYERS, openLayer, PLACES, visit } from "./places";

for (const place of PLACES)
  test(`E33 whatever can be pointed at is at least 24 by 24: ${place.name}`, async ({ board, page }) => {
    const taskId = await fill(board);
    expect(await smallTargets(await visit(page, { board, place, taskId }), 24)).toEqual([]);
  });

for (const layer of LAYERS)
  test(`E33 whatever can be pointed at is at least 24 by 24: ${layer.name}`, async ({ board }) => {
    await fill(board);
    expect(await smallTargets(await openLayer(board, layer), 24)).toEqual([]);
  });

test.describe("for fingers", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const place of PLACES)
    test(`E35 whatever can be touched is at least 44 high or wide: ${place.name}`, async ({
      board,
      page,
    }) => {
      const taskId = await fill(board);
      expect(await smallTargets(await visit(page, { board, place, taskId }), 44)).toEqual([]);
    });
});

/** Links within a sentence are as high as their line, and may be; what is labelled is as large as its label. */
const smallTargets = (page: Page, leastPx: number): Promise<string[]> =>
  page.evaluate((least) => {
    const TARGETS =
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=menuitem], [role=option], [role=switch]";
    const isInSentence = (element: Element) =>
      getComputedStyle(element).display === "inline" &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
    const boxOf = (element: Element) => {
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const boxes = [element, ...labels].map((each) => each.getBoundingClientRect());
      return {
        width: Math.max(...boxes.map(({ width }) => width)),
        height: Math.max(...boxes.map(({ height }) => height)),
      };
    };
    const all = [...document.querySelectorAll(TARGETS)].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.closest(".visually-hidden, [inert]") &&
        element.getBoundingClientRect().right > 0 &&
        !isInSentence(element),
    );
    if (all.length === 0) throw new Error("There is nothing to point at.");
    return all.flatMap((element) => {
      const { width, height } = boxOf(element);
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      const isSmall = Math.round(width) < least || Math.round(height) < least;
      return isSmall ? `${element.tagName} “${name.trim()}” ${width.toFixed(1)} × ${height.toFixed(1)}` : [];
    });
  }, leastPx);
