import { cursorAt } from "../api/cursor";
import { askerFor, ENDPOINTS, type Endpoint, type Person } from "../api/endpoints";
import { Connection } from "../load/connection";
import { percentile } from "../table";
import { personOf } from "./people";
import type { Place, World } from "./world";

export type Growth = { what: string; ratio: number; line: number };

const ROUNDS = 9;
const REQUESTS = 60;
const PEOPLE = 20;

type Ask = { connection: Connection; people: Person[]; endpoint: Endpoint; cursor: string };

/** What a request takes where there is little and where there is much, in turns: the machine falls on both. */
export async function measureGrowth({ small, large }: World): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const endpoint of ENDPOINTS) {
    const before = await asking(small, endpoint);
    const after = await asking(large, endpoint);
    grown.push({
      what: `${endpoint}, ${small.tasks} → ${large.tasks} tasks in all`,
      ratio: await ratioOf(before, after),
      line: 1.3,
    });
  }
  return [...grown, ...(await measureTheRich(large))];
}

/** Somebody with a hundred tasks against somebody with a hundred thousand. */
async function measureTheRich(large: Place): Promise<Growth[]> {
  const { people, rich } = large.size;
  const [ordinary, owner] = [await personOf(1), await personOf(people)];
  const on = async (person: Person, endpoint: Endpoint, depth: number): Promise<Ask> => {
    const connection = await Connection.open(large.server.url);
    const cursor = depth > 0 ? await cursorAt(connection, person.token, depth) : "";
    return { connection, people: [person], endpoint, cursor };
  };
  const first = await on(owner, "list", 0);
  return [
    {
      what: `the first page of somebody with ${rich} tasks, to one with ${ordinary.taskIds.length}`,
      ratio: await ratioOf(await on(ordinary, "list", 0), first),
      line: 2,
    },
    {
      what: `a page at depth ${rich / 2} by cursor, to the first page`,
      ratio: await ratioOf(first, await on(owner, "deep_page", rich / 2)),
      line: 1.3,
    },
  ];
}

async function asking({ server, size }: Place, endpoint: Endpoint): Promise<Ask> {
  const connection = await Connection.open(server.url);
  const step = Math.floor(size.people / PEOPLE);
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, at) => personOf(at * step)));
  const cursor = await cursorAt(connection, people[0]?.token ?? "", 40);
  return { connection, people, endpoint, cursor };
}

async function ratioOf(before: Ask, after: Ask): Promise<number> {
  await Promise.all([round(before), round(after)]);
  const ratios: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const base = await round(before);
    ratios.push((await round(after)) / base);
  }
  return percentile(ratios, 0.5);
}

/** The median of some requests, one after the other. */
async function round({ connection, people, endpoint, cursor }: Ask): Promise<number> {
  const [first] = people;
  if (!first) throw new Error("Nobody asks.");
  const owner = { spaceId: first.spaceId, token: first.token, cursor };
  const askers = people.map((person) => askerFor(endpoint, person, owner));
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const { ask, hear } = askers[request % askers.length] ?? {};
    if (!ask) continue;
    const startedAt = performance.now();
    const reply = await connection.send(ask());
    times.push(performance.now() - startedAt);
    if (reply.status > 299) throw new Error(`${endpoint} was answered ${reply.status}: ${reply.body}`);
    hear?.(reply);
  }
  return percentile(times, 0.5);
}
