import type { BrowserContextOptions, CDPSession, Page } from "playwright";

export const SLOWDOWN = 4;

export type Visit = { page: Page; devtools: CDPSession; close(): Promise<void> };

/** In a browser that has seen nothing yet. */
export type Open = (options?: BrowserContextOptions) => Promise<Visit>;

export const slowDown = ({ devtools }: Visit, rate: number) =>
  devtools.send("Emulation.setCPUThrottlingRate", { rate });

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
