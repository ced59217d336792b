import { type Answer, expect, test, type User } from "../../fixtures";
import { query } from "../../support/database";

const sync = ({ api }: User, parameters: Record<string, string | number> = {}, headers = {}) =>
  api(
    "GET",
    `/api/v1/sync?${new URLSearchParams(Object.entries(parameters).map(([k, v]) => [k, String(v)]))}`,
    {
      headers,
    },
  );
const create = async ({ api }: User, title: string) =>
  (await api("POST", "/api/v1/tasks", { body: { title } })).body.data;
const seqs = ({ body }: Answer) => body.data.changes.map(({ seq }) => seq);

test.describe("GET /api/v1/sync", () => {
  test("200 everything without a token, in pages", async ({ user }) => {
    const made = [];
    for (const title of ["a", "b", "c"]) made.push(await create(user, title));
    const first = await sync(user, { limit: 2 });
    expect(first.body.data).toMatchObject({ has_more: true, full: true });
    const second = await sync(user, { limit: 2, token: first.body.data.next_token });
    expect(second.body.data).toMatchObject({ has_more: false, full: true });
    const objects = [...first.body.data.changes, ...second.body.data.changes].map(({ object }) => object);
    expect(objects).toEqual([...made].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const after = await sync(user, { token: second.body.data.next_token });
    expect(after.body.data).toMatchObject({ changes: [], has_more: false, full: false });
  });

  test("200 what was written since the token, in order, each as it is now", async ({ user }) => {
    const { next_token: token } = (await sync(user)).body.data;
    const a = await create(user, "a");
    const b = await create(user, "b");
    await user.api("PATCH", `/api/v1/tasks/${a.id}`, { body: { title: "A" } });
    await user.api("DELETE", `/api/v1/tasks/${b.id}`);
    const { body } = await sync(user, { token });
    expect(body.data.changes.map(({ seq, op, entity_id }) => [seq, op, entity_id])).toEqual([
      [1, "upsert", a.id],
      [2, "delete", b.id],
      [3, "upsert", a.id],
      [4, "delete", b.id],
    ]);
    expect(body.data.changes[0]?.object?.title).toBe("A");
    expect(body.data.changes[1]?.object).toBeNull();
  });

  test("200 no gap: what is written between the pages of a full sync follows them", async ({ user }) => {
    for (const title of ["a", "b", "c", "d"]) await create(user, title);
    const first = await sync(user, { limit: 2 });
    const moved = first.body.data.changes[0]?.entity_id;
    await user.api("PATCH", `/api/v1/tasks/${moved}`, { body: { title: "again" } });
    const second = await sync(user, { limit: 2, token: first.body.data.next_token });
    const third = await sync(user, { token: second.body.data.next_token });
    expect(seqs(third)).toEqual([5]);
    expect(third.body.data.changes[0]?.object?.title).toBe("again");
  });

  test("304 while nothing is written", async ({ user }) => {
    await create(user, "a");
    const { next_token: token } = (await sync(user)).body.data;
    const first = await sync(user, { token });
    const etag = first.headers.get("etag") ?? "none";
    expect((await sync(user, { token }, { "if-none-match": etag })).status).toBe(304);
    await create(user, "b");
    expect((await sync(user, { token }, { "if-none-match": etag })).status).toBe(200);
  });

  test("200 as soon as something is written, when it waits", async ({ user }) => {
    const { next_token: token } = (await sync(user)).body.data;
    const waiting = sync(user, { token, wait: 20 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startedAt = performance.now();
    await create(user, "a");
    expect(seqs(await waiting)).toEqual([1]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test("200 with nothing, when nothing is written while it waits", async ({ user }) => {
    const { next_token: token } = (await sync(user)).body.data;
    const startedAt = performance.now();
    const { body } = await sync(user, { token, wait: 1 });
    expect(body.data.changes).toEqual([]);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });

  test("410 when the changes since the token are no longer kept", async ({ user, server }) => {
    const { next_token: token } = (await sync(user)).body.data;
    await query(server.databaseUrl, "update spaces set floor_seq = 3, seq = 5 where id = $1", [user.id]);
    const { status, body } = await sync(user, { token });
    expect([status, body.code]).toEqual([410, "sync_token_expired"]);
    expect((await sync(user)).status).toBe(200);
  });

  test("422 another user's token, and one that is none", async ({ user, newUser }) => {
    const { next_token } = (await sync(await newUser())).body.data;
    for (const token of [next_token, "x", "W10"]) {
      const { status, body } = await sync(user, { token });
      expect([status, body.errors[0]?.path]).toEqual([422, "token"]);
    }
  });
});
