import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { askerFor } from "../api/endpoints";
import { Connection } from "../load/connection";
import { type Latencies, summaryOf } from "../load/open-loop";
import { memoryBytes } from "../load/process";
import { type Connected, connectAll } from "./load";
import type { World } from "./world";

export type Waiting = Latencies & { clients: number; bytesEach: number; times: number[] };

const WRITES = 500;
const BETWEEN_MS = 20;
const WAIT_SECONDS = 25;
/** However slowly changes arrive, it ends. */
const LONGEST_MS = 90_000;

const Answer = z.object({ data: z.object({ changes: z.array(z.unknown()), next_token: z.string() }) });

/** So many clients wait for what is new to them, and some of them are given something. */
export async function measureWaiting({ large: { server } }: World, clients: number): Promise<Waiting> {
  const before = await memoryBytes(server.pid);
  const connected = await connectAll(server.url, clients);
  const arrived = new Map<string, (at: number) => void>();
  const state = { isOver: false, refused: 0 };
  const waiting = connected.map((each) => wait(each, arrived, state));
  await sleep((WAIT_SECONDS + 5) * 1000);
  const bytesEach = ((await memoryBytes(server.pid)) - before) / clients;

  const writer = await Connection.open(server.url);
  const times: number[] = [];
  let errors = 0;
  const endsAt = performance.now() + LONGEST_MS;
  for (let write = 0; write < WRITES && performance.now() < endsAt; write += 1) {
    const person = connected[Math.floor((write * clients) / WRITES)]?.person;
    if (!person) continue;
    const told = new Promise<number>((resolve) => arrived.set(person.spaceId, resolve));
    const { ask } = askerFor("create", person, { spaceId: person.spaceId, token: person.token, cursor: "" });
    const startedAt = performance.now();
    if ((await writer.send(ask())).status !== 201) errors += 1;
    const at = await Promise.race([told, sleep(5_000).then(() => undefined)]);
    if (at === undefined) errors += 1;
    else times.push(at - startedAt);
    await sleep(BETWEEN_MS);
  }
  state.isOver = true;
  writer.close();
  for (const { connection } of connected) connection.close();
  await Promise.all(waiting);
  return { ...summaryOf(times, errors + state.refused), times, clients, bytesEach };
}

async function wait(
  { connection, person }: Connected,
  arrived: ReadonlyMap<string, (at: number) => void>,
  state: { isOver: boolean; refused: number },
): Promise<void> {
  // People do not all come at the same moment.
  await sleep(Math.random() * WAIT_SECONDS * 1000);
  while (!state.isOver) {
    const path = `/api/v1/sync?token=${person.syncToken}&wait=${WAIT_SECONDS}`;
    const reply = await connection.send({ method: "GET", path, token: person.token }).catch(() => undefined);
    if (state.isOver) return;
    if (reply?.status !== 200) {
      state.refused += 1;
      return;
    }
    const { changes, next_token } = Answer.parse(JSON.parse(reply.body)).data;
    person.syncToken = next_token;
    if (changes.length > 0) arrived.get(person.spaceId)?.(performance.now());
  }
}
