import { type Browser, type BrowserContextOptions, chromium } from "playwright";
import { signInBrowser } from "@/e2e/support/browser-session";
import { findChromium } from "@/e2e/support/chromium";
import { measureInteractions } from "./interactions";
import { measureLoads } from "./loads";
import { measureOptimism } from "./optimism";
import type { Result } from "./results";
import type { Open, Visit } from "./visit";
import type { World } from "./world";

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
