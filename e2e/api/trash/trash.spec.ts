import { expect, test, type User } from "../../fixtures";

const trashed = async ({ api }: User, title = "Old") => {
  const { data } = (await api("POST", "/api/v1/tasks", { body: { title, priority: "urgent_important" } }))
    .body;
  await api("DELETE", `/api/v1/tasks/${data.id}`);
  return data;
};

test.describe("GET /api/v1/trash", () => {
  test("200 what was deleted, the last first, in pages", async ({ user }) => {
    for (const title of ["a", "b", "c"]) await trashed(user, title);
    const first = (await user.api("GET", "/api/v1/trash?limit=2")).body.data;
    expect(first.tasks.map(({ title }) => title)).toEqual(["c", "b"]);
    const rest = (await user.api("GET", `/api/v1/trash?limit=2&cursor=${first.next_cursor}`)).body.data;
    expect(rest.tasks.map(({ title }) => title)).toEqual(["a"]);
    expect(rest.next_cursor).toBeNull();
  });

  test("200 nothing of another user's, and nothing that is on the board", async ({ user, newUser }) => {
    await trashed(user);
    await user.api("POST", "/api/v1/tasks", { body: { title: "Alive" } });
    expect((await (await newUser()).api("GET", "/api/v1/trash")).body.data.tasks).toEqual([]);
    expect((await user.api("GET", "/api/v1/trash")).body.data.tasks).toHaveLength(1);
  });

  test("422 a cursor of another list, or none at all", async ({ user }) => {
    for (const cursor of ["x", "WyJ4Il0"])
      expect((await user.api("GET", `/api/v1/trash?cursor=${cursor}`)).status).toBe(422);
  });
});

test.describe("POST /api/v1/tasks/{id}/restore", () => {
  test("200 what was deleted, but for version, updated_at and deleted_at", async ({ user }) => {
    const before = await trashed(user);
    const { status, body, headers } = await user.api("POST", `/api/v1/tasks/${before.id}/restore`);
    expect(status).toBe(200);
    const { version, updated_at } = body.data;
    expect(body.data).toEqual({ ...before, version: 3, updated_at });
    expect(headers.get("etag")).toBe(`"${version}"`);
    expect(headers.get("x-change-id")).toMatch(/^[0-9a-f-]{36}$/);
    const list = (await user.api("GET", "/api/v1/tasks")).body.data;
    expect([list.total_count, list.tasks.map(({ id }) => id)]).toEqual([1, [before.id]]);
    expect((await user.api("GET", "/api/v1/trash")).body.data.tasks).toEqual([]);
  });

  test("404 what is not in the trash", async ({ user }) => {
    const { data } = (await user.api("POST", "/api/v1/tasks", { body: { title: "Alive" } })).body;
    expect((await user.api("POST", `/api/v1/tasks/${data.id}/restore`)).status).toBe(404);
  });

  test("412 a version that it no longer has", async ({ user }) => {
    const { id } = await trashed(user);
    const call = { headers: { "if-match": '"1"' } };
    const { status, body } = await user.api("POST", `/api/v1/tasks/${id}/restore`, call);
    expect({ status, version: body.current.version }).toEqual({ status: 412, version: 2 });
  });

  test("200 once for one key, however often it is sent", async ({ user }) => {
    const { id } = await trashed(user);
    const call = { headers: { "idempotency-key": "restore" } };
    const first = await user.api("POST", `/api/v1/tasks/${id}/restore`, call);
    const second = await user.api("POST", `/api/v1/tasks/${id}/restore`, call);
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
  });
});

test.describe("DELETE /api/v1/trash/{id}", () => {
  test("204 and it is gone for good", async ({ user }) => {
    const { id } = await trashed(user);
    const { status, headers } = await user.api("DELETE", `/api/v1/trash/${id}`);
    expect(status).toBe(204);
    expect(headers.get("x-change-id")).not.toBeNull();
    expect((await user.api("DELETE", `/api/v1/trash/${id}`)).status).toBe(404);
    expect((await user.api("POST", `/api/v1/tasks/${id}/restore`)).status).toBe(404);
    expect((await user.api("POST", "/api/v1/tasks", { body: { id, title: "New" } })).status).toBe(201);
  });

  test("404 what is on the board", async ({ user }) => {
    const { data } = (await user.api("POST", "/api/v1/tasks", { body: { title: "Alive" } })).body;
    expect((await user.api("DELETE", `/api/v1/trash/${data.id}`)).status).toBe(404);
    expect((await user.api("GET", `/api/v1/tasks/${data.id}`)).status).toBe(200);
  });
});
