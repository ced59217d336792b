import type { BrowserContextOptions, Page } from "playwright";
import { percentile } from "../table";
import type { Limit, Result } from "./results";
import { type Open, slowDown, untilQuiet, untilReady, type Visit } from "./visit";

const ROUNDS = 3;

/** As Lighthouse simulates a phone's network. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };

type Device = { name: string; options: BrowserContextOptions; isSlow: boolean; cold: number; warm: number };

const DEVICES: readonly Device[] = [
  {
    name: "desktop",
    options: { viewport: { width: 1280, height: 800 } },
    isSlow: false,
    cold: 1_200,
    warm: 800,
  },
  {
    name: "phone",
    options: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
    isSlow: true,
    cold: 2_000,
    warm: 2_000,
  },
];

type Load = Record<"ttfb" | "fcp" | "lcp" | "cls" | "tbt" | "requests", number>;

export async function measureLoads(open: Open, url: string): Promise<Result[]> {
  await load(open, url, DEVICES[0]);
  const results: Result[] = [];
  for (const device of DEVICES) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await load(open, url, device));
    results.push(...report(device, "cold", rounds), ...report(device, "warm", rounds));
  }
  return [...results, await measureHeap(open, url)];
}

type Round = { cold: Load; warm: Load };

function report(device: Device, state: keyof Round, rounds: readonly Round[]): Result[] {
  const where = `/matrix, ${device.name}, ${state}`;
  const median = (name: keyof Load) =>
    percentile(
      rounds.map((round) => round[state][name]),
      0.5,
    );
  const limits: Record<keyof Load, Limit> = {
    ttfb: { unit: "ms", budget: device.isSlow ? 800 : 200 },
    fcp: { unit: "ms", budget: device.isSlow ? 1_800 : 800 },
    lcp: { unit: "ms", budget: device[state], failLine: 2_500 },
    cls: { unit: "", budget: 0.02, failLine: 0.1 },
    tbt: { unit: "ms", budget: 150, failLine: 300 },
    requests: { unit: "", budget: 25 },
  };
  return (Object.keys(limits) as (keyof Load)[]).map((name) => ({
    metric: name === "requests" ? "requests until ready" : name.toUpperCase(),
    where,
    value: median(name),
    ...limits[name],
  }));
}

async function load(open: Open, url: string, device = DEVICES[0]): Promise<Round> {
  const visit = await open(device?.options);
  await visit.page.addInitScript(observe);
  if (device?.isSlow) {
    await visit.devtools.send("Network.enable");
    await visit.devtools.send("Network.emulateNetworkConditions", SLOW_4G);
    await slowDown(visit);
  }
  try {
    const cold = await measureOne(visit, url);
    return { cold, warm: await measureOne(visit, url) };
  } finally {
    await visit.close();
  }
}

async function measureOne({ page }: Visit, url: string): Promise<Load> {
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  page.on("request", count);
  await page.goto(`${url}/matrix`, { timeout: 120_000 });
  await untilReady(page);
  page.off("request", count);
  // Long tasks that follow upon the load count, too.
  await untilQuiet(page);
  return { ...(await page.evaluate(() => Reflect.get(window, "readLoad")())), requests };
}

/** Runs in the page, before anything of it. */
function observe(): void {
  const seen = { lcp: 0, cls: 0, tasks: [] as PerformanceEntry[] };
  const watch = (type: string, each: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch("largest-contentful-paint", ({ startTime }) => {
    seen.lcp = startTime;
  });
  watch("layout-shift", (entry) => {
    if (!Reflect.get(entry, "hadRecentInput")) seen.cls += Number(Reflect.get(entry, "value"));
  });
  watch("longtask", (entry) => seen.tasks.push(entry));
  Reflect.set(window, "readLoad", () => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const blocking = seen.tasks
      .filter(({ startTime }) => startTime >= fcp)
      .map(({ duration }) => duration - 50);
    return {
      ttfb: navigation?.responseStart ?? 0,
      fcp,
      lcp: seen.lcp,
      cls: seen.cls,
      tbt: blocking.reduce((sum, ms) => sum + ms, 0),
    };
  });
}

async function measureHeap(open: Open, url: string): Promise<Result> {
  const { page, devtools, close } = await open();
  await page.goto(`${url}/matrix`);
  await untilReady(page);
  const bytes = await usedBytes(page, devtools);
  await close();
  return {
    metric: "heap",
    where: "/matrix, 1,000 tasks",
    value: bytes / 1e6,
    unit: "MB",
    budget: 60,
    failLine: 120,
  };
}

async function usedBytes(page: Page, devtools: Visit["devtools"]): Promise<number> {
  await untilQuiet(page);
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
}
