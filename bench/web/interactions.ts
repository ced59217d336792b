import type { Page } from "playwright";
import { percentile } from "../table";
import type { Result } from "./results";
import { type Open, slowDown, untilQuiet, untilReady } from "./visit";

const ROUNDS = 10;
/** Shorter than this the browser does not tell. */
const SHORTEST_MS = 16;
const LIMIT = { unit: "ms", budget: 100, failLine: 200 } as const;
const LONGEST = { unit: "ms", budget: 200, failLine: 200 } as const;

type Interaction = {
  name: string;
  /** Not measured. */
  before?(page: Page): Promise<void>;
  act(page: Page, round: number): Promise<void>;
  after?(page: Page): Promise<void>;
};

const focusCard = (page: Page) => page.locator('[data-rows="do"] [role="row"]').nth(5).focus();
const press = (key: string) => (page: Page) => page.keyboard.press(key);
const dialog = (page: Page) => page.locator("dialog[open]");

const INTERACTIONS: readonly Interaction[] = [
  { name: "complete", before: focusCard, act: press("Space") },
  { name: "move by key", before: focusCard, act: press("2") },
  {
    name: "open detail",
    before: focusCard,
    act: press("o"),
    after: async (page) => {
      await page.getByRole("complementary", { name: "Task" }).waitFor();
      await page.goBack();
      await page.getByRole("complementary", { name: "Task" }).waitFor({ state: "hidden" });
    },
  },
  {
    name: "open palette",
    before: focusCard,
    act: press("Control+k"),
    after: async (page) => {
      await dialog(page).waitFor();
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "hidden" });
    },
  },
  {
    name: "open quick add",
    before: focusCard,
    act: press("q"),
    after: async (page) => {
      await dialog(page).waitFor();
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "hidden" });
    },
  },
  {
    name: "type in the filter",
    before: async (page) => page.locator("[data-filter]").focus(),
    act: (page, round) => page.keyboard.press([..."the garden"][round % 10] ?? "a"),
  },
];

/** From the key to the next frame, as the browser itself tells it, on a slow processor. */
export async function measureInteractions(open: Open, url: string): Promise<Result[]> {
  const visit = await open();
  const { page } = visit;
  await page.addInitScript(observe);
  console.log(`The processor is slowed down ${(await slowDown(visit)).toFixed(1)} times.`);
  await page.goto(`${url}/matrix`);
  await untilReady(page);
  await untilQuiet(page);
  const results: Result[] = [];
  for (const interaction of INTERACTIONS) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await measureOne(page, interaction, round));
    const where = `${interaction.name}, 1,000 tasks, slow processor`;
    results.push({ metric: "INP p75", where, value: percentile(times, 0.75), ...LIMIT });
    results.push({ metric: "INP max", where, value: Math.max(...times), ...LONGEST });
  }
  await visit.close();
  return results;
}

async function measureOne(page: Page, { before, act, after }: Interaction, round: number): Promise<number> {
  await before?.(page);
  await untilQuiet(page);
  await settle(page);
  await act(page, round);
  const ms = await settle(page);
  await after?.(page);
  return Math.max(SHORTEST_MS, ms);
}

/** The longest event since it was last asked for, once its frame has been painted. */
const settle = (page: Page) => page.evaluate<number>(() => Reflect.get(window, "readLongest")());

/** Runs in the page, before anything of it. */
function observe(): void {
  let longest = 0;
  const take = (entries: PerformanceEntryList) => {
    for (const entry of entries) longest = Math.max(longest, entry.duration);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }));
  Reflect.set(window, "readLongest", async () => {
    await frame();
    await frame();
    await idle();
    take(observer.takeRecords());
    const result = longest;
    longest = 0;
    return result;
  });
}
