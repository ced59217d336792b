import type { CDPSession } from "playwright";

/** What the page's main thread has computed so far, in ms of its own time: what else the machine does is not in it. */
export async function startOfWork(devtools: CDPSession): Promise<() => Promise<number>> {
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
  const before = await read();
  return async () => (await read()) - before;
}
