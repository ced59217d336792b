import type { BrowserContextOptions, CDPSession, Page } from "playwright";

export type Visit = { page: Page; devtools: CDPSession; close(): Promise<void> };

/** In a browser that has seen nothing yet. */
export type Open = (options?: BrowserContextOptions) => Promise<Visit>;

/** What a good desktop scores, of which a fourth is a phone of the middle class. */
const DESKTOP_POINTS = 1_600;
const SLOWDOWN = 4;

/** To a fourth of a good desktop: a slower machine, or a busy one, is slowed down by less. To be called on an empty page. */
export async function slowDown({ page, devtools }: Pick<Visit, "page" | "devtools">): Promise<number> {
  const points = await page.evaluate(countPoints);
  const rate = Math.min(SLOWDOWN, Math.max(1, (points * SLOWDOWN) / DESKTOP_POINTS));
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
  return rate;
}

/** Runs in the page. Its points are near those of Lighthouse's benchmark index, which it resembles. */
function countPoints(): number {
  const onePass = (work: () => void) => {
    const start = performance.now();
    let times = 0;
    for (; performance.now() - start < 100; times += 1) work();
    return (times * 1_000) / (performance.now() - start);
  };
  // The first passes are slow: the code is not compiled yet.
  const perSecond = (work: () => void) => Math.max(...Array.from({ length: 5 }, () => onePass(work)));
  const letters = () => {
    let text = "";
    for (let index = 0; index < 10_000; index += 1) text += "a";
    if (text.length === 1) throw new Error("The loop was optimised away.");
  };
  const source = Array.from({ length: 100_000 }, (_, index) => index);
  const numbers = () => {
    const copy = new Array(source.length);
    for (let index = 0; index < source.length; index += 1) copy[index] = source[index];
  };
  return (perSecond(letters) + perSecond(numbers)) / 20;
}

/** Before it, keys and clicks lead nowhere. */
export const untilReady = (page: Page) =>
  page.locator("[data-ready]").waitFor({ state: "attached", timeout: 120_000 });

/** The page keeps a request open to hear of changes, so its network never rests; its processor does. */
export const untilQuiet = (page: Page) =>
  page.evaluate(async () => {
    let busyMs = performance.now();
    const observer = new PerformanceObserver(() => {
      busyMs = performance.now();
    });
    observer.observe({ type: "longtask" });
    while (performance.now() - busyMs < 1_000) await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
  });
