import type { Page } from "playwright/test";
import { expect, test } from "../board-fixtures";
import { fill, LAYERS, openLayer, PLACES, visit } from "./places";

/** A narrow phone, and 400 % of a screen of 1280 by 1024. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 320, height: 256 },
];

for (const viewport of SIZES)
  test.describe(`E35 at ${viewport.width} by ${viewport.height} nothing goes beyond the sides`, () => {
    test.use({ viewport });

    for (const place of PLACES)
      test(`on ${place.name}`, async ({ board, page }) => {
        const taskId = await fill(board);
        await visit(page, { board, place, taskId });
        expect(await beyond(page)).toEqual([]);
      });

    for (const layer of LAYERS)
      test(`with ${layer.name}`, async ({ board }) => {
        await fill(board);
        const page = await openLayer(board, layer);
        expect(await beyond(page)).toEqual([]);
      });
  });

/** What reaches over the sides of the window, but for what scrolls within a box of its own. */
const beyond = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const isInScrolled = (element: Element | null): boolean =>
      element !== null && element !== root && (scrolls(element) || isInScrolled(element.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      const isShown = element.checkVisibility({ visibilityProperty: true }) && width > 1;
      return isShown && Math.floor(right) > innerWidth && !isInScrolled(element);
    });
    const sideways = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    return [
      ...sideways,
      ...wide.map(
        ({ tagName, className, textContent }) => `${tagName} ${className} ${textContent?.slice(0, 40)}`,
      ),
    ];
  });

for (const width of [1280, 320])
  test.describe(`E35 with wider spacing of the text nothing is lost, at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const place of PLACES)
      test(`on ${place.name}`, async ({ board, page }) => {
        const taskId = await fill(board);
        await visit(page, { board, place, taskId });
        const before = await clipped(page);
        await spaceOut(page);
        expect((await clipped(page)).filter((text) => !before.includes(text))).toEqual([]);
        expect(await beyond(page)).toEqual([]);
      });

    for (const layer of LAYERS)
      test(`with ${layer.name}`, async ({ board }) => {
        await fill(board);
        const page = await openLayer(board, layer);
        const before = await clipped(page);
        await spaceOut(page);
        expect((await clipped(page)).filter((text) => !before.includes(text))).toEqual([]);
      });
  });

/** What WCAG 1.4.12 lets a reader set. */
const spaceOut = (page: Page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
  });

/** Texts of which their own box hides a part. Those that are short by design are opened by a click. */
const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>("*")]
      .filter((element) => {
        const { overflowX, overflowY, webkitLineClamp, textOverflow } = getComputedStyle(element);
        const isCutAcross = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
        const isCutDown = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
        const isByDesign = webkitLineClamp !== "none" || textOverflow === "ellipsis";
        return (
          (isCutAcross || isCutDown) &&
          !isByDesign &&
          !element.closest(".visually-hidden") &&
          element.checkVisibility() &&
          element.textContent?.trim()
        );
      })
      .map(
        ({ tagName, className, textContent }) =>
          `${tagName} ${className} ${textContent?.trim().slice(0, 60)}`,
      ),
  );
