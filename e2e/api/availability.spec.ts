import { setTimeout as sleep } from "node:timers/promises";
import { issueRefreshToken } from "@/lib/auth/refresh-tokens";
import { createPerson } from "../factories";
import { expect, test } from "../fixtures";
import { openMortalDatabase } from "../support/mortal-database";
import { startServer } from "../support/server";

const PEOPLE = 100;
const PERIOD_MS = 3_000;

/** Long enough for a new server on a busy machine, with everybody asking at once. */
const RECOVERY_MS = 12_000;

type Person = { address: string; token: string; successes: number };

/** Status 0: no complete answer came. */
async function ask(url: string, { address, token }: Person): Promise<{ status: number; token?: string }> {
  try {
    const response = await fetch(`${url}/api/v1/auth/refresh`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ refresh_token: token }),
    });
    const { data } = await response.json();
    return { status: response.status, token: data?.refresh_token };
  } catch {
    return { status: 0 };
  }
}

type Failure = { at: number; status: number };

test("nobody has to sign in again while the database is killed twice and the app once", async ({
  driver,
}) => {
  test.setTimeout(150_000);
  const database = await openMortalDatabase();
  let server = await startServer({ databaseUrl: database.url, driver });
  const { url } = server;
  const people: Person[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const { sessionId } = await createPerson(database.url);
    const address = `10.1.${n >> 8}.${n & 255}`;
    people.push({ address, token: issueRefreshToken({ sessionId, generation: 0 }), successes: 0 });
  }
  const failures: Failure[] = [];
  const refresh = async (person: Person) => {
    const { status, token } = await ask(url, person);
    if (token) {
      person.token = token;
      person.successes += 1;
      return true;
    }
    failures.push({ at: Date.now(), status });
    return false;
  };
  const killAndRestart = async () => {
    await server.kill();
    server = await startServer({ databaseUrl: database.url, driver, port: Number(new URL(url).port) });
  };
  let isOver = false;
  const live = people.map(async (person, n) => {
    await sleep((n / PEOPLE) * PERIOD_MS);
    while (!isOver) {
      const isRefreshed = await refresh(person);
      await sleep(isRefreshed ? PERIOD_MS : 1_000);
    }
  });

  for (const fault of [database.killAndRestart, database.killAndRestart, killAndRestart]) {
    await sleep(6_000);
    await fault();
  }
  await sleep(RECOVERY_MS);
  const recoveredAt = Date.now();
  await sleep(PERIOD_MS);
  isOver = true;
  await Promise.all(live);

  expect(failures.filter(({ status }) => status !== 503 && status !== 0)).toEqual([]);
  expect(failures.filter(({ at }) => at > recoveredAt)).toEqual([]);
  expect(failures.length, "the faults were felt").toBeGreaterThan(PEOPLE / 10);
  const last = [];
  for (const person of people) last.push(await refresh(person));
  expect(last.every(Boolean)).toBe(true);
  expect(Math.min(...people.map(({ successes }) => successes))).toBeGreaterThan(3);
  await server.stop();
  await database.close();
});
