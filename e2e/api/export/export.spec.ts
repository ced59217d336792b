import { expect, test } from "../../fixtures";
import { query } from "../../support/database";

test.describe("GET /api/v1/export", () => {
  test("200 everything of the user: the board as the list has it, the trash, the log and the devices", async ({
    user,
    server,
  }) => {
    const made = [];
    for (const title of ["a", "b", "c"])
      made.push((await user.api("POST", "/api/v1/tasks", { body: { title } })).body.data);
    await user.api("DELETE", `/api/v1/tasks/${made[2]?.id}`);
    const { status, headers, body } = await user.api("GET", "/api/v1/export");
    expect(status).toBe(200);
    expect(headers.get("content-disposition")).toContain("fourfold.json");
    const list = (await user.api("GET", "/api/v1/tasks?sort_order=asc")).body.data.tasks;
    const data: unknown = body.data;
    expect(data).toMatchObject({
      user: { user_id: user.id, email: user.email, preferences: { theme: "system" } },
      accounts: [],
      sessions: [{ id: user.sessionId, kind: "api" }],
      tasks: list,
      trash: [{ id: made[2]?.id }],
      changes: [{ seq: 1, op: "create" }, { seq: 2 }, { seq: 3 }, { seq: 4, op: "delete" }],
    });
    const columns = await query<{ name: string }>(
      server.databaseUrl,
      "select column_name as name from information_schema.columns where table_name in ('sessions', 'passwords')",
    );
    expect(columns.map(({ name }) => name)).toContain("agent_hash");
    expect(JSON.stringify(body)).not.toMatch(/agent_hash|operation_id|"hash"/);
  });

  test("200 a board of many pages, once each, and nothing of others", async ({ user, newUser, server }) => {
    const other = await newUser();
    await other.api("POST", "/api/v1/tasks", { body: { title: "Foreign" } });
    await query(
      server.databaseUrl,
      `insert into tasks (space_id, id, title, position)
       select $1, gen_random_uuid(), 'Task ' || n, 'a0' from generate_series(1, 1200) n`,
      [user.id],
    );
    const { tasks } = (await user.api("GET", "/api/v1/export")).body.data;
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(1200);
    expect(tasks.some(({ title }) => title === "Foreign")).toBe(false);
  });

  test("503 with Retry-After while two others are read slowly, and 200 after they leave", async ({
    newUser,
    server,
  }) => {
    test.setTimeout(60_000);
    const [first, second, third] = [await newUser(), await newUser(), await newUser()];
    for (const { id } of [first, second])
      for (let part = 0; part < 4; part += 1)
        await query(
          server.databaseUrl,
          `insert into tasks (space_id, id, title, description, position)
           select $1, gen_random_uuid(), 'Task', repeat('many words ', 4000), 'a0' from generate_series(1, 70)`,
          [id],
        );
    const slow = await Promise.all(
      [first, second].map(async ({ token }) => {
        const leave = new AbortController();
        // As it is: compressed, these words are so small that they are sent before anybody has read them.
        const headers = { authorization: `Bearer ${token}`, "accept-encoding": "identity" };
        const response = await fetch(`${server.url}/api/v1/export`, { headers, signal: leave.signal });
        expect(response.status).toBe(200);
        return leave;
      }),
    );
    const refused = await third.api("GET", "/api/v1/export");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    for (const leave of slow) leave.abort();
    await expect.poll(async () => (await third.api("GET", "/api/v1/export")).status).toBe(200);
  });
});
