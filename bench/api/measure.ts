import { readFile } from "node:fs/promises";
import { runClosedLoop } from "../load/closed-loop";
import { askerFor, type Endpoint } from "./endpoints";
import { SERVERS, type ServerName, type World } from "./world";

/** Of one server: requests a second, and what a request takes of its processor. */
export type Rate = { perSecond: number; processorMicros: number };

export type Measured = Record<string, Record<ServerName, Rate>>;

type Turn = { rounds: number; seconds: number };

const WARM_UP_SECONDS = 1;

/** Every server has its turn in every round, so that what the machine does meanwhile falls on all of them. */
export async function measure(
  world: World,
  endpoints: readonly Endpoint[],
  turn: Turn,
  tell: (line: string) => void,
): Promise<Measured> {
  const measured: Measured = {};
  for (const endpoint of endpoints) {
    const rates = { floor: [] as Rate[], direct: [] as Rate[], next: [] as Rate[] };
    for (const name of SERVERS) await run(world, endpoint, name, WARM_UP_SECONDS);
    for (let round = 0; round < turn.rounds; round += 1)
      for (const name of SERVERS) rates[name].push(await run(world, endpoint, name, turn.seconds));
    measured[endpoint] = {
      floor: median(rates.floor),
      direct: median(rates.direct),
      next: median(rates.next),
    };
    tell(
      `${endpoint}: ${SERVERS.map((name) => Math.round(median(rates[name]).perSecond)).join(" / ")} a second`,
    );
  }
  return measured;
}

async function run({ people, owner, servers }: World, endpoint: Endpoint, name: ServerName, seconds: number) {
  const { url, pid } = servers[name];
  const before = await processorMicros(pid);
  const askers = people.map((person) => askerFor(endpoint, person, owner));
  const { perSecond, errors } = await runClosedLoop(url, askers, seconds);
  if (errors > 0) throw new Error(`${name} answered ${errors} requests for ${endpoint} with an error.`);
  const spent = (await processorMicros(pid)) - before;
  return { perSecond, processorMicros: spent / (perSecond * seconds) };
}

const TICK_MICROS = 10_000;

/** Linux tells what a process took; elsewhere it stays unknown. */
async function processorMicros(pid: number): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = line.replace(/^.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

const median = (rates: readonly Rate[]): Rate =>
  rates.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rates.length / 2)] ?? {
    perSecond: 0,
    processorMicros: 0,
  };
