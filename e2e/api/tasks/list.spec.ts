import { expect, test, type User } from "../../fixtures";

const DAY = 86_400_000;
const day = (offset: number) => new Date(Date.UTC(2026, 2, 1) + offset * DAY).toISOString();

async function seed(user: User) {
  const given = [
    { title: "Alpha report", priority: "urgent_important", due_datetime: day(3) },
    {
      title: "beta",
      priority: "not_urgent_important",
      description: "Café on the corner",
      is_completed: true,
    },
    { title: "Gamma", priority: "urgent_not_important", due_datetime: day(1) },
    { title: "delta", due_datetime: day(2) },
    { title: "Epsilon 100%", priority: "not_urgent_not_important" },
  ];
  const made = [];
  for (const body of given) made.push((await user.api("POST", "/api/v1/tasks", { body })).body.data);
  return made;
}

const titles = async (user: User, query: string) => {
  const { status, body } = await user.api("GET", `/api/v1/tasks?${query}`);
  expect(status).toBe(200);
  return body.data.tasks.map(({ title }) => title[0]?.toLowerCase()).join("");
};

test.describe("GET /api/v1/tasks", () => {
  test("200 an empty list", async ({ user }) => {
    const { status, body } = await user.api("GET", "/api/v1/tasks");
    expect({ status, body }).toEqual({
      status: 200,
      body: { success: true, data: { tasks: [], total_count: 0, limit: 50, offset: 0, next_cursor: null } },
    });
  });

  test("200 the newest first, with a total", async ({ user }) => {
    await seed(user);
    const { body } = await user.api("GET", "/api/v1/tasks");
    expect(body.data).toMatchObject({ total_count: 5, limit: 50, offset: 0, next_cursor: null });
    expect(await titles(user, "")).toBe("edgba");
  });

  const orders: [string, string, string][] = [
    ["created_at", "abgde", "edgba"],
    ["due_datetime", "gda", "adg"],
    ["priority", "abg", ""],
    ["title", "abdeg", "gedba"],
  ];
  for (const [sort, ascending, descending] of orders)
    test(`200 sorted by ${sort}, both ways`, async ({ user }) => {
      await seed(user);
      expect((await titles(user, `sort_by=${sort}&sort_order=asc`)).startsWith(ascending)).toBe(true);
      expect((await titles(user, `sort_by=${sort}&sort_order=desc`)).startsWith(descending)).toBe(true);
    });

  test("200 sorted by position: the unsorted first, then quadrant by quadrant", async ({ user }) => {
    await seed(user);
    expect(await titles(user, "sort_by=position&sort_order=asc")).toBe("dabge");
  });

  test("200 sorted by updated_at", async ({ user }) => {
    const [alpha] = await seed(user);
    await user.api("PATCH", `/api/v1/tasks/${alpha?.id}`, { body: { title: "Alpha again" } });
    expect(await titles(user, "sort_by=updated_at")).toBe("aedgb");
  });

  const filters: [string, string][] = [
    ["priority=urgent_important", "a"],
    ["completed=true", "b"],
    ["is_completed=false", "edga"],
    ["sorted=false", "d"],
    ["sorted=true", "egba"],
    [`due_before=${day(3)}`, "dg"],
    [`due_after=${day(2)}`, "da"],
    [`due_after=${day(2)}&due_before=${day(3)}`, "d"],
    ["q=ALPHA", "a"],
    ["q=cafe corner", "b"],
    ["q=CAFÉ", "b"],
    ["q=a", "edgba"],
    ["q=100%25", "e"],
    ["q=10_%25", ""],
    ["q=nowhere", ""],
  ];
  for (const [query, expected] of filters)
    test(`200 filtered by ${query.replace(/T[^&]*/g, "")}`, async ({ user }) => {
      await seed(user);
      expect(await titles(user, query)).toBe(expected);
      const { body } = await user.api("GET", `/api/v1/tasks?${query}&limit=1`);
      expect(body.data.total_count).toBe(expected.length);
    });

  test("200 updated_since is inclusive", async ({ user }) => {
    const made = await seed(user);
    expect(await titles(user, `updated_since=${made[3]?.updated_at}`)).toBe("ed");
  });

  test("200 pages by offset, and behind the end", async ({ user }) => {
    await seed(user);
    expect(await titles(user, "limit=2&offset=1")).toBe("dg");
    const { body } = await user.api("GET", "/api/v1/tasks?limit=2&offset=9");
    expect(body.data).toEqual({ tasks: [], total_count: 5, limit: 2, offset: 9, next_cursor: null });
  });

  test("200 pages by cursor, whose pages carry no total", async ({ user }) => {
    await seed(user);
    const first = (await user.api("GET", "/api/v1/tasks?limit=3")).body.data;
    expect(first.next_cursor).toEqual(expect.any(String));
    const second = (await user.api("GET", `/api/v1/tasks?limit=3&cursor=${first.next_cursor}`)).body.data;
    expect(second).toMatchObject({ total_count: null, next_cursor: null });
    expect([...first.tasks, ...second.tasks].map(({ title }) => title[0]?.toLowerCase()).join("")).toBe(
      "edgba",
    );
  });

  test("200 count=false leaves the total out", async ({ user }) => {
    await seed(user);
    expect((await user.api("GET", "/api/v1/tasks?count=false")).body.data.total_count).toBeNull();
  });

  test("200 shows nothing of another user, nor what is in the trash", async ({ user, newUser }) => {
    const [alpha] = await seed(user);
    const other = await newUser();
    expect((await other.api("GET", "/api/v1/tasks")).body.data.tasks).toEqual([]);
    await user.api("DELETE", `/api/v1/tasks/${alpha?.id}`);
    expect((await user.api("GET", "/api/v1/tasks")).body.data.total_count).toBe(4);
    expect(await titles(user, "")).toBe("edgb");
  });

  test("401 signed out", async ({ api }) => {
    expect((await api("GET", "/api/v1/tasks")).status).toBe(401);
  });

  test("422 a cursor of another query, and one that nobody gave", async ({ user }) => {
    await seed(user);
    const { next_cursor } = (await user.api("GET", "/api/v1/tasks?limit=1")).body.data;
    for (const query of [
      `limit=1&sort_by=title&cursor=${next_cursor}`,
      `q=alpha&cursor=${next_cursor}`,
      "cursor=abc",
    ]) {
      const { status, body } = await user.api("GET", `/api/v1/tasks?${query}`);
      expect({ status, errors: body.errors }).toMatchObject({ status: 422, errors: [{ path: "cursor" }] });
    }
  });

  const refused: [string, string][] = [
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=ten", "limit"],
    ["offset=-1", "offset"],
    ["offset=0&cursor=abc", "offset"],
    ["sort_by=colour", "sort_by"],
    ["sort_order=up", "sort_order"],
    ["priority=high", "priority"],
    ["completed=yes", "completed"],
    ["completed=true&is_completed=false", "is_completed"],
    ["due_before=tomorrow", "due_before"],
    ["colour=red", "colour"],
    ["limit=1&limit=2", "limit"],
    ["q=%00", "q"],
  ];
  for (const [query, path] of refused)
    test(`422 ${query}`, async ({ user }) => {
      const { status, body } = await user.api("GET", `/api/v1/tasks?${query}`);
      expect({ status, code: body.code }).toEqual({ status: 422, code: "invalid" });
      expect(body.errors).toContainEqual(expect.objectContaining({ path }));
    });
});
