import { createPerson, type Person } from "../../factories";
import { expect, test as withServer } from "../../fixtures";
import { type Server, startServer } from "../../support/server";

type Page = { changes: { seq: number }[]; next_token: string; has_more: boolean };

/** A second process on the database of the worker's. */
const test = withServer.extend<{ second: Server; person: Person }>({
  second: async ({ server, driver }, use) => {
    const second = await startServer({ databaseUrl: server.databaseUrl, driver });
    await use(second);
    await second.stop();
  },
  person: async ({ server }, use) => use(await createPerson(server.databaseUrl)),
});

async function call(url: string, { token }: Person, body?: object) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const given = body && { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(url, { headers, ...given });
  const { data }: { data: Page } = await response.json();
  return { status: response.status, data, at: performance.now() };
}

const sync = (server: Server, person: Person, query = "") =>
  call(`${server.url}/api/v1/sync?${query}`, person);

/** Waiters that are known to wait: each has asked, and none has been answered after a while. */
async function startWaiting(server: Server, person: Person, count: number) {
  const { data } = await sync(server, person);
  const answers = Array.from({ length: count }, () =>
    sync(server, person, `token=${data.next_token}&wait=20`),
  );
  const first = Promise.race(answers.map((answer) => answer.then(() => "answered")));
  const later = new Promise((resolve) => setTimeout(() => resolve("waiting"), 1_200));
  expect(await Promise.race([first, later])).toBe("waiting");
  return answers;
}

test.describe("two processes on one database", () => {
  test.setTimeout(60_000);

  test("200 what one writes wakes who waits at the other within a second", async ({
    server,
    second,
    person,
  }) => {
    for (const [from, to] of [
      [server, second],
      [second, server],
    ] as const) {
      const answers = await startWaiting(to, person, 3);
      const { status } = await call(`${from.url}/api/v1/tasks`, person, { title: "New" });
      const writtenAt = performance.now();
      expect(status).toBe(201);
      for (const { status, data, at } of await Promise.all(answers)) {
        expect([status, data.changes.length]).toEqual([200, 1]);
        expect(at - writtenAt).toBeLessThan(1_000);
      }
    }
  });

  test("200 for who waits at the one that ends, which does not wait for them", async ({
    server,
    second,
    person,
  }) => {
    const answers = await startWaiting(second, person, 5);
    const elsewhere = await startWaiting(server, person, 1);
    const startedAt = performance.now();
    const stopped = second.stop();
    for (const { status, data, at } of await Promise.all(answers)) {
      expect([status, data.changes, data.has_more]).toEqual([200, [], false]);
      expect(data.next_token).not.toBe("");
      expect(at - startedAt).toBeLessThan(2_000);
    }
    await stopped;
    // After five seconds it would have been killed.
    expect(performance.now() - startedAt).toBeLessThan(4_500);
    await call(`${server.url}/api/v1/tasks`, person, { title: "New" });
    expect((await Promise.all(elsewhere)).map(({ data }) => data.changes.length)).toEqual([1]);
  });
});
