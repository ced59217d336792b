import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "@/e2e/factories";
import { openCollector, type Span } from "@/e2e/support/collector";
import { createDatabase, query } from "@/e2e/support/database";
import { type Dispatch, type Driver, type Server, startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";

type Collector = Awaited<ReturnType<typeof openCollector>>;

beforeAll(() => build(), 300_000);

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

const SERVERS: [Dispatch, Driver][] = [
  ["direct", "pg"],
  ["direct", "neon"],
  ["next", "pg"],
];

describe.each(SERVERS)("traces, dispatch: %s, driver: %s", { timeout: 30_000 }, (dispatch, driver) => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let collector: Collector;
  let server: Server;
  let person: Person;

  beforeAll(async () => {
    collector = await openCollector();
    database = await createDatabase();
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "50",
    };
    server = await startServer({ databaseUrl: database.url, driver, dispatch, environment });
    person = await createPerson(database.url);
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await collector.close();
    await database.drop();
  });

  /** A request in a trace of its own, and that trace's spans once the first of them, which ends last, is there. */
  async function trace(method: string, path: string, body?: string) {
    const [traceId, parentId] = [hex(16), hex(8)];
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${person.token}`,
        "content-type": "application/json",
        traceparent: `00-${traceId}-${parentId}-01`,
      },
      body,
    });
    const isOurs = (span: Span) => span.traceId === traceId;
    const root = await collector.until((span) => isOurs(span) && span.parentSpanId === parentId);
    return { response, root, children: collector.spans.filter((span) => isOurs(span) && span !== root) };
  }

  test("a request is a span of its caller's trace, and each statement one below it", async () => {
    const { root, children } = await trace("POST", "/api/v1/tasks", '{"title":"Sentinel milk"}');
    expect(root).toMatchObject({ scope: "fourfold", name: "POST /api/v1/tasks", kind: 2 });
    expect(root.attributes).toEqual({
      "http.request.method": "POST",
      "http.route": "/api/v1/tasks",
      "http.response.status_code": 201,
      "operation.name": "fourfold.server",
    });
    const insert = children.find(({ attributes }) =>
      /insert into "?tasks/i.test(String(attributes["db.query.text"])),
    );
    expect(insert).toMatchObject({ parentSpanId: root.spanId, kind: 3, status: {} });
    expect(insert?.attributes["db.system.name"]).toBe("postgresql");
    expect(children.every(({ parentSpanId }) => parentSpanId === root.spanId)).toBe(true);
  });

  test("it is called by its route, and a refusal is no error of ours", async () => {
    const { root } = await trace("GET", `/api/v1/tasks/${randomUUID()}?sentinel=1`);
    expect([root.name, root.attributes["http.response.status_code"], root.status.code ?? 0]).toEqual([
      "GET /api/v1/tasks/{id}",
      404,
      0,
    ]);
    expect((await trace("GET", "/api/v1/sentinel/path")).root.name).toBe("GET unknown");
  });

  test("a caller that does not trace is not traced", async () => {
    const traceId = hex(16);
    const headers = { traceparent: `00-${traceId}-${hex(8)}-00` };
    await fetch(`${server.url}/health/db`, { headers });
    await trace("GET", "/health/db");
    expect(collector.spans.filter((span) => span.traceId === traceId)).toEqual([]);
  });

  test("pages are not traced, as their addresses may hold secrets", async () => {
    await (await fetch(`${server.url}/reset?secret=sentinel-secret`)).text();
    await (await fetch(`${server.url}/sentinel-page`)).text();
    await trace("GET", "/health/db");
    expect([...new Set(collector.spans.map(({ scope }) => scope))]).toEqual(["fourfold"]);
  });

  test("a statement that fails is an error by its code, and says no value", async () => {
    await query(database.url, "alter table tasks rename to hidden");
    const { response, root, children } = await trace("GET", "/api/v1/tasks?q=sentinel");
    await query(database.url, "alter table hidden rename to tasks");
    expect(response.status).toBe(500);
    expect(root).toMatchObject({ status: { code: 2 }, attributes: { "error.type": "internal" } });
    const failed = children.find(({ status }) => status.code === 2);
    expect(failed?.attributes["error.type"]).toBe("42P01");
  });

  test("nobody and nothing that anybody wrote is in what was sent", async () => {
    await trace("GET", "/api/v1/auth/me");
    const sent = collector.bodies.map(({ text }) => text).join("\n");
    expect(sent).toContain("/api/v1/auth/me");
    for (const secret of ["sentinel", person.id, person.token, "@example"])
      expect(sent.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});

test("what is not sent yet is sent when the server ends, as protobuf unless told otherwise", async () => {
  const [collector, database] = [await openCollector(), await createDatabase()];
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: "60000" };
  const server = await startServer({ databaseUrl: database.url, driver: "pg", environment });
  await fetch(`${server.url}/health/db`);
  expect(collector.bodies).toEqual([]);
  await server.stop();
  const [sent] = collector.bodies;
  expect(sent?.type).toBe("application/x-protobuf");
  expect(sent?.text).toContain("GET /health/db");
  expect(sent?.text).toContain("select 1");
  await collector.close();
  await database.drop();
}, 60_000);

test("a collector that is gone holds up neither requests nor the end", async () => {
  const [collector, database] = [await openCollector(), await createDatabase()];
  await collector.close();
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: "50" };
  const server = await startServer({ databaseUrl: database.url, driver: "pg", environment });
  for (let count = 0; count < 20; count += 1)
    expect((await fetch(`${server.url}/health/db`)).status).toBe(200);
  const startedAt = performance.now();
  await server.stop();
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  await database.drop();
}, 60_000);
