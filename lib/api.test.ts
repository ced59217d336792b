import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { signAccessToken } from "@/lib/auth/tokens";
import { uuidv7 } from "@/lib/uuid";

vi.hoisted(() => vi.stubEnv("LOG_LEVEL", "fatal"));

const { route } = await import("@/lib/api");

const whoami = route({ auth: "user", scope: "tasks:read", summary: "Who", output: z.uuid() }, ({ ctx }) => {
  return ctx.actor.spaceId;
});
const broken = route({ auth: "public", summary: "Query", output: null }, ({ ctx }) =>
  ctx.db.execute(sql`select 1`),
);

const userId = uuidv7();
const send = (token: string) =>
  whoami(new Request("http://localhost/who", { headers: { authorization: `Bearer ${token}` } }));
const tokenFor = (scopes: ("tasks:read" | "tasks:write")[]) =>
  signAccessToken({
    userId,
    email: "ada@example.org",
    name: null,
    sessionId: null,
    scopes,
    authenticatedAt: new Date(),
  });

describe("the API as it is put together", () => {
  test("200 for a token of ours", async () => {
    const response = await send(await tokenFor(["tasks:read"]));
    expect([response.status, await response.json()]).toEqual([200, { success: true, data: userId }]);
  });

  test("401 for any other", async () => {
    expect((await send("eyJhbGciOiJub25lIn0.e30.")).status).toBe(401);
  });

  test("403 without the scope", async () => {
    expect((await send(await tokenFor(["tasks:write"]))).status).toBe(403);
  });

  test("503 with Retry-After within 3 s when no database is there", async () => {
    const startedAt = performance.now();
    const response = await broken(new Request("http://localhost/query"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
