import { expect, test } from "../../fixtures";

test.describe("/api/tasks, as a client of 2026-01 uses it", () => {
  test("201, 200, 204: creates, lists, reads, changes, completes and deletes", async ({ user }) => {
    const created = await user.api("POST", "/api/tasks", {
      body: { title: "Old", priority: "urgent_important", due_datetime: "2026-03-01T10:00:00" },
    });
    expect(created.status).toBe(201);
    const task = created.body.data;
    expect(task).toMatchObject({ title: "Old", user_id: user.id, due_datetime: "2026-03-01T10:00:00.000Z" });
    expect(created.headers.get("location")).toBe(`/api/v1/tasks/${task.id}`);

    const path = `/api/tasks/${task.id}`;
    expect((await user.api("GET", "/api/tasks")).body.data).toMatchObject({
      tasks: [task],
      total_count: 1,
      limit: 50,
      offset: 0,
    });
    expect((await user.api("GET", path)).body).toEqual({ success: true, data: task });
    const renamed = await user.api("PUT", path, { body: { title: "New" } });
    expect(renamed.body.data).toMatchObject({
      title: "New",
      priority: "urgent_important",
      due_datetime: task.due_datetime,
    });
    expect(
      (await user.api("PATCH", `${path}/complete`, { body: { completed: true } })).body.data.is_completed,
    ).toBe(true);
    expect((await user.api("DELETE", path)).status).toBe(204);
    expect((await user.api("GET", path)).status).toBe(404);
  });

  test("200 PUT leaves alone what it does not send: the origin cleared it", async ({ user }) => {
    const body = {
      title: "Keep",
      description: "words",
      due_datetime: "2026-03-01T10:00:00Z",
      priority: "urgent_important",
    };
    const task = (await user.api("POST", "/api/tasks", { body })).body.data;
    const changed = (await user.api("PUT", `/api/tasks/${task.id}`, { body: { title: "Kept" } })).body.data;
    expect(changed).toMatchObject({ ...body, title: "Kept", due_datetime: task.due_datetime });
  });

  test("every answer says that the path is deprecated, and where the docs are", async ({ user }) => {
    const answers = [
      await user.api("GET", "/api/tasks"),
      await user.api("GET", "/api/tasks/1"),
      await user.api("POST", "/api/tasks", { body: {} }),
    ];
    for (const { headers } of answers) {
      expect(headers.get("deprecation")).toMatch(/^@\d+$/);
      expect(headers.get("link")).toContain('rel="deprecation"');
    }
  });

  test("201 and 200 ignore members and parameters that they do not know", async ({ user }) => {
    const created = await user.api("POST", "/api/tasks", {
      body: { title: "x", colour: "red", user_id: "someone" },
    });
    expect({ status: created.status, owner: created.body.data.user_id }).toEqual({
      status: 201,
      owner: user.id,
    });
    expect((await user.api("GET", "/api/tasks?colour=red&page=2")).status).toBe(200);
    const path = `/api/tasks/${created.body.data.id}`;
    expect((await user.api("PUT", path, { body: { title: "y", created_at: "now" } })).body.data.title).toBe(
      "y",
    );
  });

  test("400 a bad priority or sort_by, with a detail to read", async ({ user }) => {
    const answers = [
      await user.api("POST", "/api/tasks", { body: { title: "x", priority: "high" } }),
      await user.api("GET", "/api/tasks?priority=high"),
      await user.api("GET", "/api/tasks?sort_by=colour"),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body).toMatchObject({ success: false, detail: expect.any(String) });
    }
  });

  test("422 what was 422 before: no title", async ({ user }) => {
    expect((await user.api("POST", "/api/tasks", { body: {} })).status).toBe(422);
  });

  test("401 signed out, 404 another user's task, 405 with Allow", async ({ api, user, newUser }) => {
    expect((await api("GET", "/api/tasks")).status).toBe(401);
    const task = (await user.api("POST", "/api/tasks", { body: { title: "Mine" } })).body.data;
    expect((await (await newUser()).api("GET", `/api/tasks/${task.id}`)).status).toBe(404);
    const refused = await user.api("DELETE", "/api/tasks");
    expect({ status: refused.status, allow: refused.headers.get("allow") }).toEqual({
      status: 405,
      allow: "GET, HEAD, POST, OPTIONS",
    });
  });

  test("the v1 paths stay strict", async ({ user }) => {
    expect((await user.api("POST", "/api/v1/tasks", { body: { title: "x", colour: "red" } })).status).toBe(
      422,
    );
    expect((await user.api("POST", "/api/v1/tasks", { body: { title: "x", priority: "high" } })).status).toBe(
      422,
    );
    expect((await user.api("GET", "/api/v1/tasks")).headers.get("deprecation")).toBeNull();
  });
});
