import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright";
import type { Result } from "./results";
import { type Open, untilQuiet, untilReady } from "./visit";

const SERVER_DELAY_MS = 2_000;
const LIMIT = { unit: "ms", budget: 50, failLine: 100 } as const;

/** The key, and where the page is to change by it. */
const DEEDS = [
  { name: "complete", key: "Space", target: '[data-rows="do"]' },
  { name: "move by key", key: "2", target: '[data-rows="schedule"]' },
  { name: "reorder", key: "Alt+ArrowDown", target: '[data-rows="do"]' },
  { name: "move to the trash", key: "Delete", target: '[data-rows="do"]' },
] as const;

/** How long the page takes to show what was asked of it while the server has yet to answer. */
export async function measureOptimism(open: Open, url: string): Promise<Result[]> {
  const { page, close } = await open();
  await page.goto(`${url}/matrix`);
  await untilReady(page);
  await untilQuiet(page);
  await page.route("**/api/v1/**", async (route) => {
    await sleep(SERVER_DELAY_MS);
    await route.continue().catch(() => undefined);
  });
  const results: Result[] = [];
  for (const { name, key, target } of DEEDS) {
    await page.locator('[data-rows="do"] [role="row"]').nth(5).focus();
    const shown = await watchChange(page, target);
    await page.keyboard.press(key);
    results.push({
      metric: "shown after",
      where: `${name}, server slow by 2 s`,
      value: await shown(),
      ...LIMIT,
    });
  }
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await close();
  return results;
}

/** From the key to the frame after the first change within the target. */
export async function watchChange(page: Page, target: string): Promise<() => Promise<number>> {
  await page.evaluate((selector) => {
    const element = document.querySelector(selector);
    if (!element) throw new Error(`There is no ${selector}.`);
    let pressedMs = 0;
    addEventListener(
      "keydown",
      ({ timeStamp }) => {
        pressedMs = timeStamp;
      },
      { capture: true, once: true },
    );
    const shown = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedMs)));
      });
      observer.observe(element, { childList: true });
    });
    Reflect.set(window, "shown", shown);
  }, target);
  return () => page.evaluate<number>(() => Reflect.get(window, "shown"));
}
