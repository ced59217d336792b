import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "@/e2e/factories";
import { createDatabase } from "@/e2e/support/database";
import { type Dispatch, type Server, startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";

const TOKEN = "mZ8vQ2kLw7RtYxBnC4pHsD9fGjE1aU6oTi3VbNqXeKM";
const COUNT = "fourfold_http_request_duration_seconds_count";

let database: Awaited<ReturnType<typeof createDatabase>>;

beforeAll(async () => {
  await build();
  database = await createDatabase();
}, 300_000);
afterAll(() => database.drop());

describe.each<Dispatch>(["direct", "next"])("GET /metrics, dispatch: %s", (dispatch) => {
  let server: Server;
  let person: Person;

  beforeAll(async () => {
    const environment = { METRICS_TOKEN: TOKEN };
    server = await startServer({ databaseUrl: database.url, driver: "pg", dispatch, environment });
    person = await createPerson(database.url);
  }, 60_000);
  afterAll(() => server.stop());

  const read = (authorization?: string, method = "GET") =>
    fetch(`${server.url}/metrics`, { method, headers: authorization ? { authorization } : {} });

  /** Every series of ours by its name and labels, as it is printed. */
  async function series(): Promise<Map<string, number>> {
    const text = await (await read(`Bearer ${TOKEN}`)).text();
    const lines = text.split("\n").filter((line) => /^(fourfold|nodejs_eventloop)_/.test(line));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ""), Number(line.split(" ").at(-1))]));
  }

  const ask = (method: string, path: string, init: RequestInit = {}) =>
    fetch(server.url + path, {
      ...init,
      method,
      headers: {
        authorization: `Bearer ${person.token}`,
        "content-type": "application/json",
        ...(init.headers as Record<string, string>),
      },
    });

  test("401 without the token, with another, with one that only begins alike", async () => {
    const wrong = [undefined, "Bearer x", TOKEN, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`];
    for (const authorization of [...wrong, `Bearer ${person.token}`]) {
      const response = await read(authorization);
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
      expect(await response.text()).not.toContain("fourfold_");
    }
  });

  test("405 for other methods", async () => {
    const response = await read(`Bearer ${TOKEN}`, "POST");
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("200 in Prometheus' text format, for nobody to keep", async () => {
    const response = await read(`Bearer ${TOKEN}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  test("requests are counted by route, method and status", async () => {
    const before = await series();
    const created = await ask("POST", "/api/v1/tasks", { body: '{"title":"Sentinel milk"}' });
    const { data } = await created.json();
    await ask("GET", `/api/v1/tasks/${data.id}`);
    await ask("GET", `/api/v1/tasks/${data.id}`);
    await ask("GET", `/api/v1/tasks/${randomUUID()}`);
    const after = await series();
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const one = 'route="/api/v1/tasks/{id}"';
    expect(grown(`${COUNT}{method="POST",route="/api/v1/tasks",status="201"}`)).toBe(1);
    expect(grown(`${COUNT}{method="GET",${one},status="200"}`)).toBe(2);
    expect(grown(`${COUNT}{method="GET",${one},status="404"}`)).toBe(1);
    const all = `fourfold_http_request_duration_seconds_bucket{le="+Inf",method="GET",${one},status="200"}`;
    expect(grown(all)).toBe(2);
    expect(after.get('fourfold_database_connections{state="idle"}')).toBeGreaterThan(0);
    expect(after.get("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0);
  });

  test("a refresh counts as a rotation, and a copied token as an alarm", async () => {
    const rotations = (outcome: string) => `fourfold_session_rotations_total{outcome="${outcome}"}`;
    const account = { email: `${randomUUID()}@example.org`, password: "seven lamps over the harbour" };
    const signedUp = await ask("POST", "/api/v1/auth/signup", { body: JSON.stringify(account) });
    const { refresh_token } = (await signedUp.json()).data;
    const before = await series();
    expect(before.get(rotations("reuse"))).toBe(0);
    const refresh = (agent: string) =>
      ask("POST", "/api/v1/auth/refresh", {
        body: JSON.stringify({ refresh_token }),
        headers: { "user-agent": agent },
      });
    expect((await refresh("phone/1.0")).status).toBe(200);
    expect((await refresh("thief/6.6")).status).toBe(401);
    const after = await series();
    expect(after.get(rotations("rotated"))).toBe((before.get(rotations("rotated")) ?? 0) + 1);
    expect(after.get(rotations("reuse"))).toBe(1);
  });

  test("whoever waits for changes is seen waiting", async () => {
    const { data } = await (await ask("GET", "/api/v1/sync")).json();
    const leaving = new AbortController();
    const held = ask("GET", `/api/v1/sync?token=${data.next_token}&wait=20`, { signal: leaving.signal });
    const waiting = async () => (await series()).get("fourfold_sync_clients_waiting");
    await expect.poll(waiting).toBe(1);
    leaving.abort();
    await expect(held).rejects.toThrow();
    await expect.poll(waiting).toBe(0);
  });

  test("ids, unknown paths, odd spellings and odd methods add no series, and show nobody", async () => {
    const wander = async (name: string) => {
      await ask("GET", `/api/v1/tasks/${randomUUID()}`);
      await ask("GET", `/api/v1/tasks/${name}`);
      await ask("GET", `/api/v1/tasks/%${name.charCodeAt(0).toString(16)}`);
      await ask("GET", `/api/v1/${name}`);
      await ask("GET", `/api/tasks/${name}/${name}`);
      await ask("GET", `/health/${name}`);
    };
    await wander("sentinel");
    await ask("PROPFIND", "/api/v1/tasks");
    await series();
    const before = await series();
    for (const spelt of ["t%61sks", "%74asks", "tasks%2f"]) await ask("GET", `/api/v1/${spelt}`);
    for (const name of ["another", "b", "%41%42", "xy.z", "0"]) await wander(name);
    await ask("MKCOL", "/api/v1/tasks");
    const after = await series();
    expect([...after.keys()].filter((name) => !before.has(name))).toEqual([]);
    expect([...after.keys()].join("\n")).not.toMatch(new RegExp(`sentinel|another|${person.id}|@`, "i"));
  });
});

describe.each<Dispatch>(["direct", "next"])("without METRICS_TOKEN, dispatch: %s", (dispatch) => {
  test("404 whatever is shown", async () => {
    const server = await startServer({ databaseUrl: database.url, driver: "pg", dispatch });
    for (const authorization of ["Bearer ", "Bearer undefined", `Bearer ${TOKEN}`]) {
      const response = await fetch(`${server.url}/metrics`, { headers: { authorization } });
      expect([response.status, (await response.json()).code]).toEqual([404, "not_found"]);
    }
    await server.stop();
  }, 60_000);
});
