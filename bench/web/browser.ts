import { type Browser, type BrowserContextOptions, type CDPSession, chromium, type Page } from "playwright";
import { signInBrowser } from "@/e2e/support/browser-session";
import { findChromium } from "@/e2e/support/chromium";
import { measureInteractions } from "./interactions";
import { measureLoads } from "./loads";
import { measureOptimism } from "./optimism";
import type { Result } from "./results";
import type { World } from "./world";

export const SLOWDOWN = 4;

export type Visit = { page: Page; devtools: CDPSession; close(): Promise<void> };

/** In a browser that has seen nothing yet. */
export type Open = (options?: BrowserContextOptions) => Promise<Visit>;

export async function measureInBrowser(world: World): Promise<Result[]> {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--enable-precise-memory-info", ...(isRoot ? ["--no-sandbox"] : [])],
  });
  const open: Open = (options) => openVisit(browser, world, options);
  try {
    const loads = await measureLoads(open, world.url);
    const interactions = await measureInteractions(open, world.url);
    return [...loads, ...interactions, ...(await measureOptimism(open, world.url))];
  } finally {
    await browser.close();
  }
}

async function openVisit(
  browser: Browser,
  { url, person }: World,
  options?: BrowserContextOptions,
): Promise<Visit> {
  const context = await browser.newContext(options);
  await signInBrowser(context, url, person.token);
  const page = await context.newPage();
  return { page, devtools: await context.newCDPSession(page), close: () => context.close() };
}

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
