import { randomUUID } from "node:crypto";
import { expect, test, type User } from "../../fixtures";

const batch = ({ api }: User, operations: object[], more: { atomic?: boolean; key?: string } = {}) =>
  api("POST", "/api/v1/batch", {
    body: { atomic: more.atomic ?? false, operations },
    headers: more.key ? { "idempotency-key": more.key } : undefined,
  });
const titles = async ({ api }: User) =>
  (await api("GET", "/api/v1/tasks?sort_by=title&sort_order=asc")).body.data.tasks.map(({ title }) => title);

test.describe("POST /api/v1/batch", () => {
  test("200 every kind of operation, in order, each as its endpoint would answer", async ({ user }) => {
    const id = randomUUID();
    const { status, body, headers } = await batch(user, [
      { op: "create", body: { id, title: "One" } },
      { op: "update", id, body: { title: "Two" }, if_match: 1 },
      { op: "complete", id, body: { completed: true } },
      { op: "delete", id },
      { op: "restore", id },
      { op: "create", body: { title: "Other" } },
    ]);
    expect(status).toBe(200);
    expect(body.data.results.map((result) => result.status)).toEqual([201, 200, 200, 204, 200, 201]);
    expect(body.data.results[4]?.data).toMatchObject({ id, title: "Two", is_completed: true, version: 5 });
    expect(headers.get("x-change-id")).not.toBeNull();
    expect(await titles(user)).toEqual(["Other", "Two"]);
  });

  test("200 goes on after one that fails, and tells its problem", async ({ user }) => {
    const { body } = await batch(user, [
      { op: "create", body: { title: "A" } },
      { op: "create", body: { title: "" } },
      { op: "update", id: randomUUID(), body: { title: "B" } },
      { op: "update", body: { title: "B" } },
      { op: "create", body: { title: "C", color: "red" } },
      { op: "create", body: { title: "D" } },
    ]);
    const told = body.data.results.map(({ status, problem }) => [status, problem?.code]);
    expect(told).toEqual([
      [201, undefined],
      [422, "invalid"],
      [404, "not_found"],
      [422, "invalid"],
      [422, "invalid"],
      [201, undefined],
    ]);
    expect(body.data.results[4]?.problem).toMatchObject({
      type: "urn:fourfold:problem:invalid",
      errors: [{ path: "color", code: "unrecognized_key" }],
    });
    expect(await titles(user)).toEqual(["A", "D"]);
  });

  test("200 a stale operation brings the current object with its problem", async ({ user }) => {
    const { data } = (await user.api("POST", "/api/v1/tasks", { body: { title: "A" } })).body;
    const { body } = await batch(user, [{ op: "update", id: data.id, body: { title: "B" }, if_match: 9 }]);
    expect(body.data.results[0]?.problem).toMatchObject({ code: "precondition_failed", current: data });
  });

  test("atomic: 422 with the place of the one that failed, and nothing is done", async ({ user }) => {
    const answer = await batch(
      user,
      [
        { op: "create", body: { title: "A" } },
        { op: "create", body: { title: "" } },
      ],
      { atomic: true },
    );
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]?.path).toBe("operations.1.body.title");
    expect(answer.headers.get("x-change-id")).toBeNull();
    expect(await titles(user)).toEqual([]);
    const missing = await batch(user, [{ op: "delete", id: randomUUID() }], { atomic: true });
    expect([missing.status, missing.body.errors[0]?.path]).toEqual([404, "operations.0"]);
  });

  test("200 one undo takes all of it back", async ({ user }) => {
    const { data } = (await user.api("POST", "/api/v1/tasks", { body: { title: "Old" } })).body;
    const done = await batch(user, [
      { op: "create", body: { title: "New" } },
      { op: "update", id: data.id, body: { title: "Older" } },
      { op: "complete", id: data.id, body: { completed: true } },
      { op: "update", id: data.id, body: { title: "Oldest" } },
    ]);
    const change = done.headers.get("x-change-id");
    const undone = await user.api("POST", `/api/v1/changes/${change}/undo`);
    expect([undone.status, undone.body.data.tasks.length]).toEqual([200, 2]);
    expect(await titles(user)).toEqual(["Old"]);
    expect((await user.api("GET", `/api/v1/tasks/${data.id}`)).body.data.is_completed).toBe(false);
  });

  test("200 once for one key, though ten come at once", async ({ user }) => {
    const send = () => batch(user, [{ op: "create", body: { title: "A" } }], { key: "batch" });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.get("idempotent-replayed") === "true");
    expect(replayed).toHaveLength(9);
    expect(await titles(user)).toEqual(["A"]);
    const other = await batch(user, [{ op: "create", body: { title: "B" } }], { key: "batch" });
    expect([other.status, other.body.code]).toEqual([422, "idempotency_key_reused"]);
  });

  test("422 none, too many, and an operation that is none", async ({ user }) => {
    for (const operations of [[], Array(101).fill({ op: "delete", id: randomUUID() }), [{ op: "purge" }]])
      expect((await batch(user, operations)).status).toBe(422);
  });
});
