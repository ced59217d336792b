import "./own-environment";
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { createProgress } from "@/scripts/launch/progress";
import { measureGrowth } from "./scale/growth";
import { measureLoad } from "./scale/load";
import { plot } from "./scale/plot";
import { isPast, table } from "./scale/results";
import { measureWaiting } from "./scale/waiting";
import { openWorld } from "./scale/world";

const HELP = `usage: npm run bench:scale -- [--people N] [--rich N] [--seconds N] [--only growth,load,waiting] [--save]

  --people N    with 100 tasks each (10000)
  --rich N      the tasks of one person more (100000)
  --seconds N   how long the load lasts (60)
  --only …      some of the measurements
  --save        writes bench/results/scale.json and scale.svg

Loads a database of its own and measures on it: how answers slow down as tasks become more; everybody at once, each
on a connection of their own; and as many clients that wait for changes. Ends with 1 when a line is not held.`;

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "10000" },
    rich: { type: "string", default: "100000" },
    seconds: { type: "string", default: "60" },
    only: { type: "string", default: "growth,load,waiting" },
    save: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const progress = createProgress();
const people = Number(options.people);
const seconds = Number(options.seconds);
const wants = (name: string) => options.only.split(",").includes(name);
const world = await openWorld({ people, rich: Number(options.rich) }, progress);
try {
  // First, when nothing has filled the memory yet that they would be found to need.
  const waiting = wants("waiting")
    ? await progress.step(`${people} waiting clients`, () => measureWaiting(world, people))
    : undefined;
  const growth = wants("growth") ? await progress.step("Measuring growth", () => measureGrowth(world)) : [];
  const load = wants("load")
    ? await progress.step(`${people} people for ${seconds} s`, () => measureLoad(world, people, seconds))
    : undefined;
  const measured = { tasks: world.large.tasks, fillSeconds: world.fillSeconds, growth, load, waiting };
  console.log(`\n${table(measured)}`);
  if (options.save) await save(measured);
  process.exitCode = isPast(measured) ? 1 : 0;
} finally {
  await world.close();
}

async function save({ load, waiting, ...rest }: Parameters<typeof table>[0]): Promise<void> {
  const about = {
    machine: `${availableParallelism()} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    node: process.version,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  };
  const plain = <T extends { times: number[] }>(measured: T | undefined) =>
    measured && { ...measured, times: undefined };
  const results = { ...about, ...rest, load: plain(load), waiting: plain(waiting) };
  await mkdir("bench/results", { recursive: true });
  await writeFile("bench/results/scale.json", `${JSON.stringify(results, null, 2)}\n`);
  const series = [
    { name: `${people} people act every 10–20 s`, color: "#2f7d5b", times: load?.times ?? [] },
    { name: `a change reaches one of ${people} who wait`, color: "#b3541e", times: waiting?.times ?? [] },
  ];
  const title = `How long requests took, ${about.machine}`;
  await writeFile(
    "bench/results/scale.svg",
    plot(
      title,
      series.filter(({ times }) => times.length > 0),
    ),
  );
}
