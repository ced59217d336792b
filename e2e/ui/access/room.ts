import type { Page } from "playwright/test";

/** Links within a sentence are as high as their line, and may be; what is labelled is as large as its label. */
export const smallTargets = (page: Page, leastPx: number): Promise<string[]> =>
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

/** What reaches over the sides of the window, but for what scrolls within a box of its own. */
export const beyond = (page: Page): Promise<string[]> =>
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

/** What WCAG 1.4.12 lets a reader set. */
export const spaceOut = (page: Page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
  });

/** Texts of which their own box hides a part. Those that are short by design are opened by a click. */
export const clipped = (page: Page): Promise<string[]> =>
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
