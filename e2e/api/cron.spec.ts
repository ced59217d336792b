import { randomBytes } from "node:crypto";
import { expect, test } from "../fixtures";
import { createDatabase } from "../support/database";
import { startServer } from "../support/server";

const CRON_SECRET = randomBytes(32).toString("hex");

test.describe("GET /api/cron/purge", () => {
  test("200 with the secret, 401 without it", async ({ driver }) => {
    const database = await createDatabase();
    const server = await startServer({ databaseUrl: database.url, driver, environment: { CRON_SECRET } });
    const call = (authorization?: string) =>
      fetch(`${server.url}/api/cron/purge`, { headers: authorization ? { authorization } : {} });
    for (const wrong of [undefined, "Bearer ", `Bearer ${CRON_SECRET}x`, CRON_SECRET])
      expect((await call(wrong)).status).toBe(401);
    const response = await call(`Bearer ${CRON_SECRET}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      data: { is_complete: true, purged: { trash: 0, changes: 0 } },
    });
    await server.stop();
    await database.drop();
  });

  test("404 where no secret is set", async ({ api }) => {
    expect((await api("GET", "/api/cron/purge")).status).toBe(404);
  });
});
