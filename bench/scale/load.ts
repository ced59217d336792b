import { askerFor, type Endpoint, type Person } from "../api/endpoints";
import { Connection } from "../load/connection";
import { type Latencies, runOpenLoop } from "../load/open-loop";
import { memoryBytes, stolenTime } from "../load/process";
import { personOf } from "./people";
import type { World } from "./world";

/** What people do, out of a hundred things. */
const MIX: readonly (readonly [Endpoint, number])[] = [
  ["get_one", 30],
  ["list", 30],
  ["sync", 20],
  ["patch", 10],
  ["complete", 5],
  ["create", 5],
];

const PACE = { arrivalSeconds: 30, fromSeconds: 10, toSeconds: 20 };

export type Load = Latencies & {
  people: number;
  seconds: number;
  /** A share: with much of it the times say more about the host than about the server. */
  stolen: number;
  memoryBeforeBytes: number;
  memoryAfterBytes: number;
  times: number[];
};

/** Everybody at once, each with a token and a connection of their own. */
export async function measureLoad(
  { large: { server } }: World,
  people: number,
  seconds: number,
): Promise<Load> {
  const memoryBeforeBytes = await memoryBytes(server.pid);
  const connected = await connectAll(server.url, people);
  const clients = connected.map(({ connection, person }) => {
    const owner = { spaceId: person.spaceId, token: person.token, cursor: "" };
    return { connection, next: () => askerFor(chosen(), person, owner).ask() };
  });
  const stolen = await stolenTime();
  const measured = await runOpenLoop(clients, { seconds, ...PACE });
  const memoryAfterBytes = await memoryBytes(server.pid);
  for (const { connection } of connected) connection.close();
  return { ...measured, people, seconds, stolen: await stolen(), memoryBeforeBytes, memoryAfterBytes };
}

function chosen(): Endpoint {
  let rest = Math.random() * 100;
  for (const [endpoint, share] of MIX) {
    rest -= share;
    if (rest < 0) return endpoint;
  }
  return "get_one";
}

export type Connected = { connection: Connection; person: Person };

const AT_ONCE = 200;

export async function connectAll(url: string, people: number): Promise<Connected[]> {
  const connected: Connected[] = [];
  for (let from = 0; from < people; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, people - from) }, (_, at) => from + at);
    connected.push(...(await Promise.all(numbers.map((number) => connect(url, number)))));
  }
  return connected;
}

/** It asks for something at once: a server does not keep a connection that asks for nothing. */
async function connect(url: string, number: number): Promise<Connected> {
  const [connection, person] = await Promise.all([Connection.open(url), personOf(number)]);
  await connection.send({ method: "GET", path: "/health" });
  return { connection, person };
}
