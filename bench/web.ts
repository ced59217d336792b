import "./own-environment";
import { writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureInBrowser } from "./web/browser";
import { measureWithLighthouse } from "./web/lighthouse";
import { type Result, tableOf, verdictOf } from "./web/results";
import { measureSizes } from "./web/sizes";
import { openWorld } from "./web/world";

const HELP = `usage: npm run bench:web -- [--size] [--lighthouse] [--json FILE]

  --size        only what the first loads weigh; needs no browser
  --lighthouse  also Lighthouse's points. It is fetched by npx for the run: with its 190 packages it is no dependency
  --json FILE   writes the results there, too

Measures a production build with 1,000 tasks against its budgets, and ends with 1 when one is past its fail line.`;

const { values: options } = parseArgs({
  options: {
    size: { type: "boolean", default: false },
    lighthouse: { type: "boolean", default: false },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const load = loadavg()[0] ?? 0;
const results = await measure();
console.log(`\n${tableOf(results)}`);
if (!options.size && load > availableParallelism() / 2)
  console.log(`\nThe machine had other work (load ${load.toFixed(1)}): the times say little.`);
if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
const failed = results.filter((result) => verdictOf(result) === "FAIL");
console.log(`\n${results.length} measured, ${failed.length} past the fail line`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function measure(): Promise<Result[]> {
  const world = await openWorld();
  try {
    const sizes = await measureSizes(world);
    if (options.size) return sizes;
    const inBrowser = await measureInBrowser(world);
    if (!options.lighthouse) return [...sizes, ...inBrowser];
    return [...sizes, ...inBrowser, ...(await measureWithLighthouse(world))];
  } finally {
    await world.close();
  }
}
