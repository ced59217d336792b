import { type Answer, expect, test, type User } from "../../fixtures";

const changeOf = ({ headers }: Answer) => headers.get("x-change-id") ?? "none";
const create = ({ api }: User, body: object = {}) =>
  api("POST", "/api/v1/tasks", { body: { title: "Task", ...body } });
const undo = ({ api }: User, answer: Answer, headers?: Record<string, string>) =>
  api("POST", `/api/v1/changes/${changeOf(answer)}/undo`, { headers });
const get = async ({ api }: User, id: string) => (await api("GET", `/api/v1/tasks/${id}`)).body.data;

const withoutStamps = ({ version: _, updated_at: __, ...rest }: Answer["body"]["data"]) => rest;

test.describe("POST /api/v1/changes/{id}/undo", () => {
  const changes: [string, object][] = [
    ["a title", { title: "Other" }],
    ["a description that was none", { description: "Words" }],
    ["a priority, and with it the place", { priority: "urgent_important" }],
    ["a due date of the whole day", { due_datetime: "2026-05-01T00:00:00Z", due_all_day: true }],
    ["a completion", { is_completed: true }],
    [
      "everything at once",
      { title: "B", description: null, priority: "not_urgent_important", is_completed: true },
    ],
  ];
  for (const [name, patch] of changes)
    test(`200 puts back ${name}`, async ({ user }) => {
      const { data: before } = (await create(user, { description: "x" })).body;
      const changed = await user.api("PATCH", `/api/v1/tasks/${before.id}`, { body: patch });
      const { status, body, headers } = await undo(user, changed);
      expect(status).toBe(200);
      expect(body.data.tasks).toHaveLength(1);
      const after = await get(user, before.id);
      expect(withoutStamps(after)).toEqual(withoutStamps(before));
      expect(body.data.tasks[0]).toEqual(after);
      expect(after.version).toBe(3);
      expect(headers.get("x-change-id")).not.toBe(changeOf(changed));
    });

  test("200 takes a new task to the trash, and brings a deleted one back", async ({ user }) => {
    const created = await create(user);
    const { id } = created.body.data;
    const undone = await undo(user, created);
    expect((await user.api("GET", `/api/v1/tasks/${id}`)).status).toBe(404);
    expect((await undo(user, undone)).status).toBe(200);
    expect(withoutStamps(await get(user, id))).toEqual(withoutStamps(created.body.data));
    const deleted = await user.api("DELETE", `/api/v1/tasks/${id}`);
    expect((await undo(user, deleted)).status).toBe(200);
    const list = (await user.api("GET", "/api/v1/tasks")).body.data;
    expect(list.total_count).toBe(1);
  });

  test("200 the undo of an undo does it again", async ({ user }) => {
    const { id } = (await create(user)).body.data;
    const changed = await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { title: "New" } });
    const undone = await undo(user, changed);
    expect((await get(user, id)).title).toBe("Task");
    await undo(user, undone);
    expect((await get(user, id)).title).toBe("New");
  });

  test("200 keeps what was changed elsewhere since", async ({ user }) => {
    const { id } = (await create(user)).body.data;
    const renamed = await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { title: "New" } });
    await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { description: "Later" } });
    await undo(user, renamed);
    expect(await get(user, id)).toMatchObject({ title: "Task", description: "Later" });
  });

  test("200 one after the other, the last first, and done again in the reverse order", async ({ user }) => {
    const { id } = (await create(user)).body.data;
    const changed = (title: string) => user.api("PATCH", `/api/v1/tasks/${id}`, { body: { title } });
    const title = async (answer: Answer) => [answer.status, (await get(user, id)).title];
    const [first, second] = [await changed("A"), await changed("B")];
    expect((await undo(user, first)).status).toBe(409);
    const undoneSecond = await undo(user, second);
    expect(await title(undoneSecond)).toEqual([200, "A"]);
    const undoneFirst = await undo(user, first);
    expect(await title(undoneFirst)).toEqual([200, "Task"]);
    expect(await title(await undo(user, undoneFirst))).toEqual([200, "A"]);
    expect(await title(await undo(user, undoneSecond))).toEqual([200, "B"]);
  });

  test("409 names the fields that have another value by now, and changes nothing", async ({ user }) => {
    const { id } = (await create(user)).body.data;
    const first = await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { title: "A", description: "A" } });
    await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { title: "B" } });
    const { status, body, headers } = await undo(user, first);
    expect({ status, code: body.code, paths: body.errors.map(({ path }) => path) }).toEqual({
      status: 409,
      code: "conflict",
      paths: ["title"],
    });
    expect(headers.get("x-change-id")).toBeNull();
    expect(await get(user, id)).toMatchObject({ title: "B", description: "A", version: 3 });
  });

  test("409 where what would come out cannot be, and 409 after a deletion for good", async ({ user }) => {
    const { id } = (await create(user, { due_datetime: "2026-05-01T00:00:00Z", due_all_day: true })).body
      .data;
    const timed = await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { due_all_day: false } });
    await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { due_datetime: "2026-05-01T10:30:00Z" } });
    const refused = await undo(user, timed);
    expect([refused.status, refused.body.errors[0]?.path]).toEqual([409, "due_datetime"]);
    const deleted = await user.api("DELETE", `/api/v1/tasks/${id}`);
    await user.api("DELETE", `/api/v1/trash/${id}`);
    expect((await undo(user, deleted)).status).toBe(409);
  });

  test("200 once for one key", async ({ user }) => {
    const { id } = (await create(user)).body.data;
    const changed = await user.api("PATCH", `/api/v1/tasks/${id}`, { body: { title: "New" } });
    const first = await undo(user, changed, { "idempotency-key": "undo" });
    const second = await undo(user, changed, { "idempotency-key": "undo" });
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(second.headers.get("x-change-id")).toBe(changeOf(first));
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect((await get(user, id)).version).toBe(3);
  });

  test("404 an id that is no change", async ({ user }) => {
    const { id } = (await create(user)).body.data;
    expect((await user.api("POST", `/api/v1/changes/${id}/undo`)).status).toBe(404);
  });
});
