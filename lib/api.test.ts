import { sql } from "drizzle-orm";
import { afterAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createDatabase, query } from "@/e2e/support/database";

const stored = await createDatabase();
vi.stubEnv("LOG_LEVEL", "fatal");
vi.stubEnv("DATABASE_URL", stored.url);

const { createPerson } = await import("@/e2e/factories");
const { route } = await import("@/lib/api");
const { database } = await import("@/lib/db/client");

afterAll(() => stored.drop());

const whoami = route({ auth: "user", scope: "tasks:read", summary: "Who", output: z.uuid() }, ({ ctx }) => {
  return ctx.actor.spaceId;
});
const account = route(
  { auth: "user", scope: "tasks:read", sensitive: true, summary: "Account", output: z.uuid() },
  ({ ctx }) => ctx.actor.sessionId,
);
const broken = route({ auth: "public", summary: "Query", output: null }, ({ ctx }) =>
  ctx.db.execute(sql`select 1`),
);

const send = (token: string, target: (request: Request) => Promise<Response> = whoami) =>
  target(new Request("http://localhost/who", { headers: { authorization: `Bearer ${token}` } }));

describe("the API as it is put together", () => {
  test("200 for a token of ours", async () => {
    const { id, token } = await createPerson(stored.url);
    const response = await send(token);
    expect([response.status, await response.json()]).toEqual([200, { success: true, data: id }]);
  });

  test("401 for any other", async () => {
    expect((await send("eyJhbGciOiJub25lIn0.e30.")).status).toBe(401);
  });

  test("403 without the scope", async () => {
    const { token } = await createPerson(stored.url, ["tasks:write"]);
    expect((await send(token)).status).toBe(403);
  });

  test("401 at once for what is sensitive, when the session ended somewhere else", async () => {
    const { id, token } = await createPerson(stored.url);
    expect((await send(token, account)).status).toBe(200);
    const end = "update sessions set revoked_at = now(), revoke_reason = 'x' where user_id = $1";
    await query(stored.url, end, [id]);
    expect((await send(token, account)).status).toBe(401);
  });

  test("503 with Retry-After within 3 s when no database is there", async () => {
    await database().close();
    const startedAt = performance.now();
    const response = await broken(new Request("http://localhost/query"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
