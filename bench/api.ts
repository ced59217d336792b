import "./own-environment";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { ENDPOINTS, type Endpoint } from "./api/endpoints";
import { measure } from "./api/measure";
import { isBelow, ratesOf, table } from "./api/results";
import { openWorld } from "./api/world";

const HELP = `usage: npm run bench -- [--only NAME,...] [--rounds N] [--seconds N] [--json FILE]

  --only NAME,...  of ${ENDPOINTS.join(", ")}
  --rounds N       how often every server has its turn (5); what counts is the median
  --seconds N      how long a turn is (2)
  --json FILE      writes { endpoint: { floor, direct, next } } in requests a second

Measures our server against a hand-written one with the same SQL, and against the same handlers under next start, in turns on
one database. Only the ratios mean something: the machine is in every number. Ends with 1 when one is below its line.`;

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const wanted = options.only?.split(",");
const endpoints = ENDPOINTS.filter((name): name is Endpoint => wanted?.includes(name) ?? true);
const world = await openWorld();
try {
  const turn = { rounds: Number(options.rounds), seconds: Number(options.seconds) };
  const measured = await measure(world, endpoints, turn, (line) => console.log(`  ${line}`));
  console.log(`\n${table(measured)}`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(ratesOf(measured), null, 2)}\n`);
  process.exitCode = isBelow(measured) ? 1 : 0;
} finally {
  await world.close();
}
