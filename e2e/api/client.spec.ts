import { ApiError, createClient } from "@/lib/client/client";
import { test as base, expect } from "../fixtures";

const test = base.extend<{ client: ReturnType<typeof createClient> }>({
  client: async ({ server, user }, use) =>
    use(createClient({ baseUrl: server.url, token: () => user.token })),
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

test.describe("the client", () => {
  test("201, 200, 304 and 204: a task's life", async ({ client }) => {
    const created = await client.tasks.create({ title: "Call the plumber", priority: "urgent_important" });
    expect(created).toMatchObject({
      status: 201,
      etag: '"1"',
      isReplay: false,
      data: { urgent: true, version: 1 },
    });
    const { id } = created.data;

    const changed = await client.tasks.update(id, { description: "Soon" }, { ifMatch: created.data.version });
    expect(changed).toMatchObject({ etag: '"2"', data: { description: "Soon", title: "Call the plumber" } });
    expect(changed.changeId).not.toBe(created.changeId);

    const completed = await client.tasks.complete(id, { completed: true });
    expect(completed.data.is_completed).toBe(true);

    const read = await client.tasks.get(id);
    expect(read.data).toEqual(completed.data);
    expect(await client.tasks.get(id, { known: read })).toMatchObject({ status: 304, data: read.data });

    const gone = await client.tasks.delete(id, { ifMatch: read.etag ?? "" });
    expect(gone).toMatchObject({ status: 204, data: null, changeId: expect.any(String) });
    expect(await failureOf(client.tasks.get(id))).toMatchObject({ status: 404, code: "not_found" });
  });

  test("200 pages by cursor", async ({ client }) => {
    for (const title of ["a", "b", "c"]) await client.tasks.create({ title });
    const titles: string[] = [];
    let cursor: string | null = null;
    do {
      const { data } = await client.tasks.list({
        sort_by: "title",
        sort_order: "asc",
        limit: 2,
        ...(cursor && { cursor }),
      });
      titles.push(...data.tasks.map(({ title }) => title));
      cursor = data.next_cursor;
    } while (cursor !== null);
    expect(titles).toEqual(["a", "b", "c"]);
  });

  test("201 once, and its replay, for one key", async ({ client }) => {
    const create = () => client.tasks.create({ title: "Once" }, { idempotencyKey: "k-1" });
    const [first, second] = [await create(), await create()];
    expect([first.isReplay, second.isReplay]).toEqual([false, true]);
    expect(second.data).toEqual(first.data);
    expect((await client.tasks.list()).data.total_count).toBe(1);
  });

  test("412 with the current task, 422 with what was refused", async ({ client }) => {
    const { data } = await client.tasks.create({ title: "Tea" });
    await client.tasks.update(data.id, { title: "Coffee" });
    const stale = await failureOf(
      client.tasks.update(data.id, { title: "Water" }, { ifMatch: data.version }),
    );
    expect(stale).toBeInstanceOf(ApiError);
    expect(stale).toMatchObject({ code: "precondition_failed", current: { title: "Coffee", version: 2 } });
    const refused = await failureOf(client.tasks.create({ title: " " }));
    expect(refused).toMatchObject({ status: 422, code: "invalid", errors: [{ path: "title" }] });
    expect(refused).toMatchObject({ requestId: expect.any(String) });
  });

  test("401 is met with a fresh token", async ({ server, user }) => {
    const token = ({ refresh }: { refresh: boolean }) => (refresh ? user.token : "stale");
    const { data } = await createClient({ baseUrl: server.url, token }).tasks.create({ title: "Tea" });
    expect(data.user_id).toBe(user.id);
    const nobody = createClient({ baseUrl: server.url });
    expect(await failureOf(nobody.tasks.list())).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  test("200 without an envelope", async ({ client }) => {
    expect((await client.health.get()).data).toEqual({ status: "healthy" });
    expect((await client.openapi.get()).data).toMatchObject({ info: { title: "Fourfold API" } });
  });
});
