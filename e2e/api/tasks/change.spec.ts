import { randomUUID } from "node:crypto";
import { expect, test, type User } from "../../fixtures";

const make = async (user: User, body: object = {}) =>
  (await user.api("POST", "/api/v1/tasks", { body: { title: "Task", ...body } })).body.data;

test.describe("GET /api/v1/tasks/{id}", () => {
  test("200 with the version as ETag, 304 when it is known", async ({ user }) => {
    const task = await make(user);
    const first = await user.api("GET", `/api/v1/tasks/${task.id}`);
    expect({ status: first.status, data: first.body.data }).toEqual({ status: 200, data: task });
    expect(first.headers.get("etag")).toBe('"1"');
    const known = await user.api("GET", `/api/v1/tasks/${task.id}`, { headers: { "if-none-match": '"1"' } });
    expect({ status: known.status, body: known.body }).toEqual({ status: 304, body: "" });
    const stale = await user.api("GET", `/api/v1/tasks/${task.id}`, { headers: { "if-none-match": '"0"' } });
    expect(stale.status).toBe(200);
  });

  test("404 another user's task, an id that is none, and one that is not there, all alike", async ({
    user,
    newUser,
  }) => {
    const task = await make(user);
    const other = await newUser();
    const answers = [
      await other.api("GET", `/api/v1/tasks/${task.id}`),
      await other.api("GET", `/api/v1/tasks/${randomUUID()}`),
    ];
    for (const { status, body } of answers)
      expect({ status, code: body.code, detail: body.detail }).toEqual({
        status: 404,
        code: "not_found",
        detail: answers[0]?.body.detail,
      });
    expect((await other.api("GET", "/api/v1/tasks/1")).status).toBe(404);
  });

  test("405 a method that is not there", async ({ user }) => {
    const { status, headers, body } = await user.api("POST", `/api/v1/tasks/${randomUUID()}`);
    expect({ status, code: body.code }).toEqual({ status: 405, code: "method_not_allowed" });
    expect(headers.get("allow")).toBe("GET, HEAD, PATCH, PUT, DELETE, OPTIONS");
  });
});

for (const method of ["PATCH", "PUT"])
  test.describe(`${method} /api/v1/tasks/{id}`, () => {
    test("200 keeps what is absent and clears what is null", async ({ user }) => {
      const task = await make(user, {
        description: "words",
        due_datetime: "2026-03-01T10:00:00Z",
        priority: "urgent_important",
      });
      const { status, body, headers } = await user.api(method, `/api/v1/tasks/${task.id}`, {
        body: { title: "New", due_datetime: null },
      });
      expect(status).toBe(200);
      expect(body.data).toEqual({
        ...task,
        title: "New",
        due_datetime: null,
        version: 2,
        updated_at: expect.any(String),
      });
      expect(headers.get("etag")).toBe('"2"');
      expect(headers.get("x-change-id")).toEqual(expect.any(String));
    });

    test("200 what changes nothing changes nothing", async ({ user }) => {
      const task = await make(user, { priority: "urgent_important" });
      for (const body of [{}, { title: "Task" }, { priority: "urgent_important", is_completed: false }]) {
        const answer = await user.api(method, `/api/v1/tasks/${task.id}`, { body });
        expect({ status: answer.status, data: answer.body.data }).toEqual({ status: 200, data: task });
        expect(answer.headers.get("x-change-id")).toBeNull();
      }
    });

    test("404 another user's task, which stays as it is", async ({ user, newUser }) => {
      const task = await make(user);
      const other = await newUser();
      expect((await other.api(method, `/api/v1/tasks/${task.id}`, { body: { title: "Mine" } })).status).toBe(
        404,
      );
      expect((await user.api("GET", `/api/v1/tasks/${task.id}`)).body.data).toEqual(task);
    });

    test("412 a version that is not the task's any more, with the task as it is now", async ({ user }) => {
      const task = await make(user);
      const path = `/api/v1/tasks/${task.id}`;
      await user.api(method, path, { body: { title: "Second" }, headers: { "if-match": '"1"' } });
      for (const call of [
        { body: { title: "Third" }, headers: { "if-match": '"1"' } },
        { body: { title: "Third", version: 1 } },
      ]) {
        const { status, body } = await user.api(method, path, call);
        expect(status).toBe(412);
        expect(body).toMatchObject({ code: "precondition_failed", current: { title: "Second", version: 2 } });
      }
      expect(
        (await user.api(method, path, { body: { title: "Third" }, headers: { "if-match": "*" } })).status,
      ).toBe(200);
      expect((await user.api(method, path, { body: { title: "Fourth", version: 3 } })).status).toBe(200);
    });

    test("422 two versions that differ", async ({ user }) => {
      const task = await make(user);
      const call = { body: { title: "x", version: 2 }, headers: { "if-match": '"1"' } };
      expect((await user.api(method, `/api/v1/tasks/${task.id}`, call)).status).toBe(422);
    });

    for (const [body, path] of [
      [{ title: null }, "title"],
      [{ title: "" }, "title"],
      [{ created_at: "2026-01-01T00:00:00Z" }, "created_at"],
      [{ id: randomUUID() }, "id"],
      [{ due_all_day: true }, "due_datetime"],
    ] as const)
      test(`422 ${JSON.stringify(body).replace(/"[0-9a-f-]{36}"/, "…")}`, async ({ user }) => {
        const task = await make(user);
        const answer = await user.api(method, `/api/v1/tasks/${task.id}`, { body });
        expect(answer.status).toBe(422);
        expect(answer.body.errors).toEqual([expect.objectContaining({ path })]);
      });
  });

test.describe("PATCH /api/v1/tasks/{id}: quadrants and dates", () => {
  test("200 a priority sorts the task, and puts it on top", async ({ user }) => {
    const first = await make(user, { priority: "urgent_important" });
    const task = await make(user);
    const { body } = await user.api("PATCH", `/api/v1/tasks/${task.id}`, {
      body: { priority: "urgent_important" },
    });
    expect(body.data).toMatchObject({ is_sorted: true, urgent: true, important: true });
    expect(body.data.position < first.position).toBe(true);
  });

  test("200 is_sorted: false takes the priority back", async ({ user }) => {
    const task = await make(user, { priority: "urgent_important" });
    const { body } = await user.api("PATCH", `/api/v1/tasks/${task.id}`, { body: { is_sorted: false } });
    expect(body.data).toMatchObject({ is_sorted: false, priority: "not_urgent_not_important" });
  });

  test("200 a move with a position keeps it", async ({ user }) => {
    const task = await make(user);
    const call = { body: { priority: "urgent_important", position: "b12V" } };
    expect((await user.api("PATCH", `/api/v1/tasks/${task.id}`, call)).body.data.position).toBe("b12V");
  });

  test("200 a time makes an all-day task a timed one; another day keeps it", async ({ user }) => {
    const task = await make(user, { due_datetime: "2026-03-01T00:00:00Z", due_all_day: true });
    const patch = async (body: object) =>
      (await user.api("PATCH", `/api/v1/tasks/${task.id}`, { body })).body.data;
    expect(await patch({ due_datetime: "2026-03-02T00:00:00Z" })).toMatchObject({ due_all_day: true });
    expect(await patch({ due_datetime: "2026-03-02T09:00:00Z" })).toMatchObject({ due_all_day: false });
    expect(await patch({ due_datetime: "2026-03-03T00:00:00Z", due_all_day: true })).toMatchObject({
      due_all_day: true,
    });
    expect(await patch({ due_datetime: null })).toMatchObject({ due_all_day: false, due_datetime: null });
  });
});

test.describe("PATCH /api/v1/tasks/{id}/complete", () => {
  test("200 completes, and opens again", async ({ user }) => {
    const task = await make(user);
    const path = `/api/v1/tasks/${task.id}/complete`;
    const done = (await user.api("PATCH", path, { body: { completed: true } })).body.data;
    expect(done).toMatchObject({ is_completed: true, completed_at: done.updated_at, version: 2 });
    const again = await user.api("PATCH", path, { body: { completed: true } });
    expect(again.body.data).toEqual(done);
    const open = (await user.api("PATCH", path, { body: { completed: false } })).body.data;
    expect(open).toMatchObject({ is_completed: false, completed_at: null, version: 3 });
  });

  test("412 stale, 422 without completed, 404 another user's", async ({ user, newUser }) => {
    const task = await make(user);
    const path = `/api/v1/tasks/${task.id}/complete`;
    const stale = await user.api("PATCH", path, {
      body: { completed: true },
      headers: { "if-match": '"9"' },
    });
    expect(stale).toMatchObject({ status: 412, body: { current: { version: 1 } } });
    expect((await user.api("PATCH", path, { body: {} })).status).toBe(422);
    expect((await (await newUser()).api("PATCH", path, { body: { completed: true } })).status).toBe(404);
  });
});

test.describe("DELETE /api/v1/tasks/{id}", () => {
  test("204, and 404 when it is repeated", async ({ user }) => {
    const task = await make(user);
    const first = await user.api("DELETE", `/api/v1/tasks/${task.id}`);
    expect({ status: first.status, body: first.body }).toEqual({ status: 204, body: "" });
    expect(first.headers.get("x-change-id")).toEqual(expect.any(String));
    for (const method of ["DELETE", "GET", "PATCH"])
      expect(
        (await user.api(method, `/api/v1/tasks/${task.id}`, method === "PATCH" ? { body: {} } : {})).status,
      ).toBe(404);
  });

  test("412 a version that is not the task's any more", async ({ user }) => {
    const task = await make(user);
    const call = { headers: { "if-match": '"2"' } };
    expect(await user.api("DELETE", `/api/v1/tasks/${task.id}`, call)).toMatchObject({
      status: 412,
      body: { current: { version: 1 } },
    });
    expect((await user.api("GET", `/api/v1/tasks/${task.id}`)).status).toBe(200);
  });

  test("404 another user's task, which stays", async ({ user, newUser }) => {
    const task = await make(user);
    expect((await (await newUser()).api("DELETE", `/api/v1/tasks/${task.id}`)).status).toBe(404);
    expect((await user.api("GET", `/api/v1/tasks/${task.id}`)).status).toBe(200);
  });
});
