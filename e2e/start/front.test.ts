import { once } from "node:events";
import { Agent, type ClientRequest, request as open, type RequestOptions } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createPerson } from "@/e2e/factories";
import { createDatabase } from "@/e2e/support/database";
import { startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";

let database: Awaited<ReturnType<typeof createDatabase>>;

beforeAll(async () => {
  await build();
  database = await createDatabase();
}, 300_000);
afterAll(() => database.drop());

async function serve(environment: Record<string, string> = {}) {
  const server = await startServer({ databaseUrl: database.url, driver: "pg", environment });
  onTestFinished(server.stop);
  return server;
}

async function answerTo(request: ClientRequest) {
  const [response] = await once(request, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** How many requests are left to whoever the server takes this client for. */
async function leftTo(url: string, options: RequestOptions): Promise<string> {
  const { headers } = await answerTo(open(`${url}/api/v1/tasks`, { agent: false, ...options }).end());
  return /r=(\d+)/.exec(String(headers.ratelimit))?.[1] ?? "";
}

const claims = [
  {},
  { "x-forwarded-for": "198.51.100.1" },
  { "x-fourfold-peer": "198.51.100.2" },
  { "X-Fourfold-Peer": ["a 198.51.100.3", "b 198.51.100.4"] },
  { "x-real-ip": "198.51.100.5", forwarded: "for=198.51.100.6" },
];

describe("the server that npm start runs", { timeout: 60_000 }, () => {
  test("knows a client by its socket, whatever it says about itself", async () => {
    const { url } = await serve({ TRUSTED_PROXY_HOPS: "0", RATE_LIMIT_PER_MINUTE: "100" });
    const left: string[] = [];
    for (const headers of claims) left.push(await leftTo(url, { headers }));
    expect(left).toEqual(["99", "98", "97", "96", "95"]);
    expect(await leftTo(url, { localAddress: "127.0.0.2" })).toBe("99");
  });

  test("behind a proxy knows it by what that adds", async () => {
    const { url } = await serve({ RATE_LIMIT_PER_MINUTE: "100" });
    const from = (list: string) => leftTo(url, { headers: { "x-forwarded-for": list } });
    expect(await from("198.51.100.1")).toBe("99");
    expect(await from("6.6.6.6, 198.51.100.1")).toBe("98");
    expect(await from("198.51.100.2")).toBe("99");
    expect(await leftTo(url, {})).toBe("99");
  });

  test("keeps a connection for the next request", async () => {
    const { url } = await serve();
    const { headers } = await answerTo(open(`${url}/health`).end());
    expect(headers["keep-alive"]).toBe("timeout=75");
  });

  test("told to stop answers what it has been asked, takes nothing more, and ends", async () => {
    const server = await serve();
    const { token } = await createPerson(server.databaseUrl);
    const begun = open(`${server.url}/api/v1/tasks`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    begun.write('{"title":');
    await sleep(300);
    const startedAt = performance.now();
    const stopped = server.stop();
    await sleep(300);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
    begun.end('"Milk"}');
    const { status, body } = await answerTo(begun);
    expect([status, JSON.parse(body).data.title]).toEqual([201, "Milk"]);
    await stopped;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test("told to stop behind a balancer says so for DRAIN_SECONDS, and goes on answering", async () => {
    const server = await serve({ DRAIN_SECONDS: "2" });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const ask = (path: string) => answerTo(open(`${server.url}${path}`, { agent }).end());
    expect(await ask("/health/ready")).toMatchObject({ status: 200, headers: { connection: "keep-alive" } });
    const stopped = server.stop();
    await expect.poll(async () => (await ask("/health/ready")).status).toBe(503);
    expect(await ask("/health")).toMatchObject({ status: 200, headers: { connection: "close" } });
    expect(await ask("/")).toMatchObject({ status: 200, headers: { connection: "close" } });
    await stopped;
  });
});
