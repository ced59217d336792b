import { expect, type Page } from "playwright/test";

/** Until the focus comes round. */
export async function tabThrough(page: Page): Promise<void> {
  const seen = new Set<string>();
  for (let count = 0; count < 120; count += 1) {
    await page.keyboard.press("Tab");
    const mark = await page.evaluate(() => {
      const active = document.activeElement;
      if (!(active instanceof HTMLElement) || active === document.body) return null;
      active.dataset.seen ??= String(Math.random());
      return active.dataset.seen;
    });
    if (mark === null) continue;
    if (seen.has(mark)) break;
    seen.add(mark);
    expect(await coveredFocus(page)).toBeNull();
  }
  expect(seen.size).toBeGreaterThan(0);
}

/** The focused element's name when nothing of it can be seen. */
export const coveredFocus = (page: Page): Promise<string | null> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const active = document.activeElement;
    if (!active || active === document.body) return "nothing has the focus";
    const shown = active instanceof HTMLInputElement ? (active.labels?.[0] ?? active) : active;
    const { left, top, width, height } = shown.getBoundingClientRect();
    const shares = [0.05, 0.25, 0.5, 0.75, 0.95];
    const isSeen = shares.some((x) =>
      shares.some((y) => {
        const hit = document.elementFromPoint(left + width * x, top + height * y);
        return shown.contains(hit) || active.contains(hit);
      }),
    );
    return isSeen ? null : (active.getAttribute("aria-label") ?? active.textContent ?? active.tagName);
  });

/** The first stops of the Tab key that do not show that they have the focus. */
export async function ringless(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (let count = 0; count < 25; count += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const active = document.activeElement;
      // Of a date, the browser itself marks the part that has the focus.
      if (!active || active === document.body || active.matches("[type=date], [type=time]")) return null;
      // The ring of an input that is laid over its label is drawn around what is beside it, or around the label.
      const around = [active, active.nextElementSibling, active.closest("label")];
      const shown = around.filter((element) => element !== null);
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
