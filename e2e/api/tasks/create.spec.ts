import { randomUUID } from "node:crypto";
import { expect, test } from "../../fixtures";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test.describe("POST /api/v1/tasks", () => {
  test("201 creates an unsorted task from a title alone", async ({ user }) => {
    const { status, body, headers } = await user.api("POST", "/api/v1/tasks", {
      body: { title: "  Call the plumber " },
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      success: true,
      data: {
        id: expect.stringMatching(UUID_V7),
        user_id: user.id,
        title: "Call the plumber",
        description: null,
        due_datetime: null,
        due_all_day: false,
        priority: "not_urgent_not_important",
        important: false,
        urgent: false,
        is_sorted: false,
        position: expect.stringMatching(/^[A-Za-z][0-9A-Za-z]+$/),
        is_completed: false,
        completed_at: null,
        created_at: expect.stringMatching(TIMESTAMP),
        updated_at: body.data.created_at,
        deleted_at: null,
        version: 1,
      },
    });
    expect(headers.get("location")).toBe(`/api/v1/tasks/${body.data.id}`);
    expect(headers.get("etag")).toBe('"1"');
    expect(headers.get("x-change-id")).toMatch(UUID_V7);
    expect(headers.get("cache-control")).toMatch(/no-store|private, no-cache/);
    expect((await user.api("GET", `/api/v1/tasks/${body.data.id}`)).body).toEqual(body);
  });

  test("201 keeps everything that is given", async ({ user }) => {
    const given = {
      id: randomUUID(),
      title: "Straße 🎈 naïve",
      description: "line\nline",
      due_datetime: "2026-03-01T10:30:00.250+02:00",
      priority: "urgent_not_important",
      position: "a5V",
      is_completed: true,
    };
    const { status, body } = await user.api("POST", "/api/v1/tasks", { body: given });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({
      ...given,
      due_datetime: "2026-03-01T08:30:00.250Z",
      urgent: true,
      important: false,
      is_sorted: true,
      completed_at: body.data.created_at,
    });
  });

  test("201 puts a new task on top of its quadrant", async ({ user }) => {
    for (const title of ["one", "two", "three"])
      await user.api("POST", "/api/v1/tasks", { body: { title, priority: "urgent_important" } });
    const { body } = await user.api("GET", "/api/v1/tasks?sort_by=position&sort_order=asc");
    expect(body.data.tasks.map(({ title }) => title)).toEqual(["three", "two", "one"]);
  });

  test("201 an all-day date stays 00:00Z of that day", async ({ user }) => {
    const { status, body } = await user.api("POST", "/api/v1/tasks", {
      body: { title: "Birthday", due_datetime: "2026-03-01T00:00:00Z", due_all_day: true },
    });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ due_datetime: "2026-03-01T00:00:00.000Z", due_all_day: true });
  });

  test("201 a title of 255 characters, counted as people count them", async ({ user }) => {
    const title = "🎈".repeat(255);
    const { status, body } = await user.api("POST", "/api/v1/tasks", { body: { title } });
    expect({ status, title: body.data.title }).toEqual({ status: 201, title });
  });

  test("401 signed out", async ({ api }) => {
    const { status, body, headers } = await api("POST", "/api/v1/tasks", { body: { title: "x" } });
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(body).toMatchObject({ success: false, code: "unauthenticated" });
  });

  test("403 with a token that may only read", async ({ newUser }) => {
    const reader = await newUser(["tasks:read"]);
    const { status, body } = await reader.api("POST", "/api/v1/tasks", { body: { title: "x" } });
    expect({ status, code: body.code }).toEqual({ status: 403, code: "insufficient_scope" });
    expect(body.detail).toContain("tasks:write");
  });

  test("409 an id that exists, with the task that has it; in the trash too", async ({ user }) => {
    const id = randomUUID();
    await user.api("POST", "/api/v1/tasks", { body: { id, title: "first" } });
    const again = await user.api("POST", "/api/v1/tasks", { body: { id, title: "second" } });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: "conflict", current: { id, title: "first", user_id: user.id } });
    await user.api("DELETE", `/api/v1/tasks/${id}`);
    const trashed = await user.api("POST", "/api/v1/tasks", { body: { id, title: "third" } });
    expect(trashed).toMatchObject({ status: 409, body: { current: { id, deleted_at: expect.any(String) } } });
  });

  test("409 for all but one of those who create the same id at once", async ({ user }) => {
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => user.api("POST", "/api/v1/tasks", { body: { id, title: "race" } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });

  test("201 the id of another user's task is free, and tells nothing of it", async ({ user, newUser }) => {
    const id = randomUUID();
    await user.api("POST", "/api/v1/tasks", { body: { id, title: "mine" } });
    const other = await newUser();
    const { status, body } = await other.api("POST", "/api/v1/tasks", { body: { id, title: "theirs" } });
    expect({ status, owner: body.data.user_id }).toEqual({ status: 201, owner: other.id });
    expect((await user.api("GET", `/api/v1/tasks/${id}`)).body.data.title).toBe("mine");
  });

  test.describe("422", () => {
    const cases: [string, object, string][] = [
      ["no title", {}, "title"],
      ["an empty title", { title: "  " }, "title"],
      ["a title of 256 characters", { title: "a".repeat(256) }, "title"],
      ["a description that is too long", { title: "x", description: "a".repeat(50_001) }, "description"],
      ["NUL in a string", { title: "a\u0000b" }, "title"],
      ["an unknown priority", { title: "x", priority: "high" }, "priority"],
      ["an unknown member", { title: "x", colour: "red" }, "colour"],
      ["a read-only member", { title: "x", version: 7 }, "version"],
      ["another owner", { title: "x", user_id: randomUUID() }, "user_id"],
      ["an id that is no UUID", { id: "1", title: "x" }, "id"],
      ["a date without a zone", { title: "x", due_datetime: "2026-03-01T10:00:00" }, "due_datetime"],
      ["a day that does not exist", { title: "x", due_datetime: "2026-02-30T10:00:00Z" }, "due_datetime"],
      ["a year that no database holds", { title: "x", due_datetime: "0000-01-01T00:00:00Z" }, "due_datetime"],
      [
        "an all-day date with a time",
        { title: "x", due_datetime: "2026-03-01T10:00:00Z", due_all_day: true },
        "due_datetime",
      ],
      ["an all-day date without a date", { title: "x", due_all_day: true }, "due_datetime"],
      [
        "a priority on an unsorted task",
        { title: "x", priority: "urgent_important", is_sorted: false },
        "priority",
      ],
      ["a position that is no key", { title: "x", position: "-1" }, "position"],
      ["null where nothing can be null", { title: "x", is_completed: null }, "is_completed"],
    ];
    for (const [name, body, path] of cases)
      test(`422 ${name}`, async ({ user }) => {
        const answer = await user.api("POST", "/api/v1/tasks", { body });
        expect(answer.status).toBe(422);
        expect(answer.body).toMatchObject({ success: false, code: "invalid", errors: [{ path }] });
        expect((await user.api("GET", "/api/v1/tasks")).body.data.total_count).toBe(0);
      });
  });

  test("400 what is not JSON, 413 what is too much, 415 what is another type", async ({ user }) => {
    const send = async (body: string, headers = {}) =>
      (await user.api("POST", "/api/v1/tasks", { body, headers })).status;
    expect(await send("{")).toBe(400);
    expect(await send(`{"title":${"[".repeat(40)}${"]".repeat(40)}}`)).toBe(400);
    expect(await send(JSON.stringify({ title: "x", description: "a".repeat(1_100_000) }))).toBe(413);
    expect(await send("title=x", { "content-type": "application/x-www-form-urlencoded" })).toBe(415);
  });
});
