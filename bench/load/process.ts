import { readFile } from "node:fs/promises";

const TICK_MICROS = 10_000;

/** It and all that it has started, as Linux tells it; elsewhere it is unknown. */
async function treeOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const children = text.split(" ").filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(treeOf))).flat()];
}

async function sumOver(pid: number, read: (pid: number) => Promise<number>): Promise<number> {
  const values = await Promise.all((await treeOf(pid)).map(read));
  return values.reduce((sum, value) => sum + value, 0);
}

/** What a server has taken of the processor. */
export const processorMicros = (pid: number) =>
  sumOver(pid, async (pid) => {
    const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const fields = line.replace(/^.*\) /s, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
  });

/** What the host of a virtual machine gave to others, of the time that was passed at work or waiting for it. */
export async function stolenTime(): Promise<() => Promise<number>> {
  const before = await readTimes();
  return async () => {
    const [user = 0, nice = 0, system = 0, , , , , steal = 0] = (await readTimes()).map(
      (ticks, at) => ticks - (before[at] ?? 0),
    );
    return steal / Math.max(1, user + nice + system + steal);
  };
}

async function readTimes(): Promise<number[]> {
  const [line = ""] = (await readFile("/proc/stat", "utf8").catch(() => "")).split("\n");
  return line.split(/\s+/).slice(1).map(Number);
}

/** What a server holds of the memory. */
export const memoryBytes = (pid: number) =>
  sumOver(pid, async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
  });
