import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { startServer } from "@/e2e/support/server";
import { isAlive } from "@/lib/db/embedded/postmaster";
import { build } from "@/scripts/launch/build";

const METRICS_TOKEN = randomBytes(32).toString("hex");

let database: Awaited<ReturnType<typeof createDatabase>>;

beforeAll(async () => {
  await build();
  database = await createDatabase();
}, 300_000);
afterAll(() => database.drop());

async function serve() {
  const environment = { WEB_CONCURRENCY: "2", METRICS_TOKEN };
  const server = await startServer({ databaseUrl: database.url, driver: "pg", environment });
  onTestFinished(server.stop);
  await expect.poll(() => childrenOf(server.pid)).toHaveLength(3);
  return server;
}

const childrenOf = (pid: number) =>
  spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
    .stdout.split("\n")
    .filter(Boolean)
    .map(Number);

/** On a connection of its own, as a balancer makes one after another. */
const statusOf = (url: string, path = "/health/ready") =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request(`${url}${path}`, { agent: false, timeout: 5_000 }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    asked
      .on("timeout", () => asked.destroy(new Error(`No answer from ${path}.`)))
      .on("error", reject)
      .end();
  });

/** Asks one after the other until told to stop; what came of it. */
function keepAsking(url: string, path: string) {
  let isOver = false;
  const statuses: unknown[] = [];
  const done = (async () => {
    while (!isOver) statuses.push(await statusOf(url, path).catch((error: unknown) => error));
  })();
  return async () => {
    isOver = true;
    await done;
    return statuses;
  };
}

/** One of them for the pages. */
describe("WEB_CONCURRENCY=2", { timeout: 120_000 }, () => {
  test("a process that dies is replaced, and the other serves meanwhile", async () => {
    const { url, pid } = await serve();
    const [, first = 0, second = 0] = childrenOf(pid);
    process.kill(first, "SIGKILL");
    await expect.poll(() => isAlive(first)).toBe(false);
    // What had been handed to the dead one is lost, as with any process that is killed.
    const answers = () => statusOf(url).catch(String);
    await expect.poll(answers, { timeout: 15_000 }).toBe(200);
    await expect.poll(() => childrenOf(pid).length, { timeout: 10_000 }).toBe(3);
    expect(childrenOf(pid)).toContain(second);
  });

  test("a process of the pages that dies is replaced, and the API goes on meanwhile", async () => {
    const { url, pid } = await serve();
    const page = () => fetch(`${url}/sign-in`).then(({ status }) => status, String);
    await expect.poll(page, { timeout: 15_000 }).toBe(200);
    const [pages = 0] = childrenOf(pid);
    process.kill(pages, "SIGKILL");
    await expect.poll(() => isAlive(pages)).toBe(false);
    expect(await statusOf(url)).toBe(200);
    await expect.poll(page, { timeout: 30_000 }).toBe(200);
  });

  test("SIGHUP replaces every process, and no request is lost", async () => {
    const { url, pid } = await serve();
    const before = childrenOf(pid);
    await expect.poll(() => statusOf(url, "/sign-in"), { timeout: 15_000 }).toBe(200);
    const stopAsking = [keepAsking(url, "/health/ready"), keepAsking(url, "/sign-in")];
    process.kill(pid, "SIGHUP");
    const replaced = () => before.every((old) => !isAlive(old)) && childrenOf(pid).length === 3;
    await expect.poll(replaced, { timeout: 60_000 }).toBe(true);
    for (const stop of stopAsking) {
      const statuses = await stop();
      expect(statuses.length).toBeGreaterThan(10);
      expect(statuses.filter((status) => status !== 200)).toEqual([]);
    }
  });

  test("whichever process is asked for the metrics tells those of all", async () => {
    const { url } = await serve();
    const counted = async () => {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}`, connection: "close" };
      const text = await (await fetch(`${url}/metrics`, { headers })).text();
      return Number(/_count\{[^}]*route="\/health\/ready"[^}]*\} (\d+)/.exec(text)?.[1]);
    };
    for (let asked = 0; asked < 10; asked += 1) await statusOf(url);
    expect([await counted(), await counted()]).toEqual([10, 10]);
  });

  test("SIGTERM ends all of them", async () => {
    const { pid, stop } = await serve();
    const children = childrenOf(pid);
    await stop();
    expect([pid, ...children].filter(isAlive)).toEqual([]);
  });

  test("none outlives the process that keeps them, even if that is killed", async () => {
    const { pid, kill } = await serve();
    const children = childrenOf(pid);
    await kill();
    await expect.poll(() => children.filter(isAlive)).toEqual([]);
  });
});
