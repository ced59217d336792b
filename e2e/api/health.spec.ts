import { expect, test } from "../fixtures";
import { createDatabase } from "../support/database";
import { startServer } from "../support/server";
import { openWire } from "../support/wire";

test.describe("GET /health", () => {
  test("200 says healthy, as it always did", async ({ api }) => {
    const { status, body, headers } = await api("GET", "/health");
    expect({ status, body }).toEqual({ status: 200, body: { status: "healthy" } });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("405 for a method that it does not have", async ({ api }) => {
    const { status, headers } = await api("POST", "/health");
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});

test.describe("GET /health/db", () => {
  test("200 when the database answers", async ({ api }) => {
    const { status, body } = await api("GET", "/health/db");
    expect({ status, body }).toEqual({ status: 200, body: { status: "database connected" } });
  });
});

test.describe("GET /health/auth", () => {
  test("200 when a token can be signed and verified", async ({ api }) => {
    const { status, body } = await api("GET", "/health/auth");
    expect({ status, body }).toEqual({ status: 200, body: { status: "authentication system operational" } });
  });
});

test.describe("GET /health/ready", () => {
  test("200 when traffic may come", async ({ api }) => {
    const { status, body } = await api("GET", "/health/ready");
    expect({ status, body }).toEqual({ status: 200, body: { status: "ready" } });
  });
});

test.describe("without a database", () => {
  test("503 with Retry-After within 3 s, and 200 again when it is back, without a restart", async ({
    driver,
  }) => {
    const database = await createDatabase();
    const target = new URL(database.url);
    const wire = await openWire({ host: target.hostname, port: Number(target.port) });
    target.port = String(wire.port);
    const server = await startServer({ databaseUrl: target.toString(), driver });

    const ask = async (path: string) => {
      const begin = performance.now();
      const response = await fetch(server.url + path);
      return { response, ms: performance.now() - begin };
    };
    expect((await ask("/health/db")).response.status).toBe(200);

    await wire.shut();
    for (const path of ["/health/db", "/health/ready"]) {
      const { response, ms } = await ask(path);
      expect(response.status, path).toBe(503);
      expect(Number(response.headers.get("retry-after")), path).toBeGreaterThan(0);
      expect(ms, path).toBeLessThan(3_000);
      expect(await response.json(), path).toMatchObject({ success: false, code: "unavailable" });
    }
    expect((await ask("/health")).response.status).toBe(200);
    expect((await ask("/health/auth")).response.status).toBe(200);

    await wire.open();
    expect((await ask("/health/db")).response.status).toBe(200);
    expect((await ask("/health/ready")).response.status).toBe(200);
    await server.stop();
    await wire.shut();
    await database.drop();
  });
});
