import { randomUUID } from "node:crypto";
import type { Api } from "../../fixtures";
import { expect, test } from "../../fixtures";
import { query } from "../../support/database";

const QUICK = "/api/v1/tasks/quick";

const berlin = (date: Date) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin", dateStyle: "short" }).format(date);

const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString();

async function add(api: Api, body: object, headers?: Record<string, string>) {
  const answer = await api("POST", QUICK, { body, ...(headers && { headers }) });
  expect(answer.status).toBe(201);
  const { parse, task } = answer.body.data;
  return { ...answer, parse, task };
}

const listed = async (api: Api) => (await api("GET", "/api/v1/tasks")).body.data.tasks;

test.describe("POST /api/v1/tasks/quick", () => {
  test("201 answers what was understood, where, and the task that was made of it", async ({ user }) => {
    const text = "Pay the invoice 3 nov 2031 14:30 !1 #work";
    const { parse, task, headers } = await add(user.api, { text, time_zone: "Europe/Berlin" });
    const fields = {
      title: "Pay the invoice #work",
      priority: "urgent_important",
      is_sorted: true,
      due_datetime: "2031-11-03T13:30:00.000Z",
      due_all_day: false,
    };
    expect(parse).toEqual({
      ...fields,
      tokens: [
        {
          kind: "due",
          start: 16,
          end: 32,
          text: "3 nov 2031 14:30",
          label: "Mon 3 Nov 2031, 14:30",
          is_past: false,
        },
        { kind: "quadrant", start: 33, end: 35, text: "!1", label: "Do", is_past: false },
      ],
      suggestions: [],
    });
    expect(task).toMatchObject({ ...fields, user_id: user.id, important: true, urgent: true, version: 1 });
    expect(headers.get("x-change-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect((await user.api("GET", `/api/v1/tasks/${task?.id}`)).body.data).toEqual(task);
  });

  test("201 a line without anything to understand is an unsorted task of that title", async ({ user }) => {
    const { parse, task } = await add(user.api, { text: "  Buy milk \n" });
    expect(parse).toMatchObject({ title: "Buy milk", priority: null, is_sorted: false, tokens: [] });
    expect(task).toMatchObject({
      title: "Buy milk",
      is_sorted: false,
      due_datetime: null,
      due_all_day: false,
    });
  });

  test("201 an all-day date is 00:00Z of it", async ({ user }) => {
    const { task } = await add(user.api, { text: "Pay 2031-11-03", time_zone: "Pacific/Kiritimati" });
    expect(task).toMatchObject({ due_datetime: "2031-11-03T00:00:00.000Z", due_all_day: true });
  });

  test("201 a dry run makes nothing, and leaves its key for the run that counts", async ({ user }) => {
    const headers = { "idempotency-key": "later" };
    const id = randomUUID();
    const dry = await add(user.api, { id, text: "Prepare Friday demo", dry_run: true }, headers);
    expect(dry.task).toBeNull();
    expect(dry.parse.suggestions).toMatchObject([{ text: "Friday", start: 8, end: 14 }]);
    expect(dry.headers.get("x-change-id")).toBeNull();
    expect(await listed(user.api)).toEqual([]);
    expect((await add(user.api, { id, text: "Prepare Friday demo" }, headers)).task?.id).toBe(id);
  });

  test("201 times are of the zone that is named, or else of the account's, or else of UTC", async ({
    user,
  }) => {
    const due = async (more: object = {}) =>
      (await add(user.api, { text: "Call 2031-11-03 14:30", dry_run: true, ...more })).parse.due_datetime;
    expect(await due()).toBe("2031-11-03T14:30:00.000Z");
    const preferences = { time_zone: "America/New_York" };
    await user.api("PATCH", "/api/v1/auth/me", { body: { preferences } });
    expect(await due()).toBe("2031-11-03T19:30:00.000Z");
    expect(await due({ time_zone: "Asia/Kathmandu" })).toBe("2031-11-03T08:45:00.000Z");
  });

  test("201 tomorrow is tomorrow where the person is", async ({ user }) => {
    const before = berlin(new Date());
    const { parse } = await add(user.api, {
      text: "Run tomorrow",
      time_zone: "Europe/Berlin",
      dry_run: true,
    });
    expect([before, berlin(new Date())].map(dayAfter)).toContain(parse.due_datetime);
  });

  test("201 weeks begin on the day that the person has chosen", async ({ user }) => {
    const weekday = async () => {
      const { parse } = await add(user.api, { text: "Plan next week", dry_run: true });
      return new Date(parse.due_datetime ?? 0).getUTCDay();
    };
    expect(await weekday()).toBe(1);
    await user.api("PATCH", "/api/v1/auth/me", { body: { preferences: { week_start: "saturday" } } });
    expect(await weekday()).toBe(6);
  });

  test("201 15/4 is a date in en-GB, and none in en-US", async ({ user }) => {
    const title = async (more: object) =>
      (await add(user.api, { text: "Tax return 15/4", dry_run: true, ...more })).parse.title;
    expect(await title({})).toBe("Tax return");
    expect(await title({ locale: "en-US" })).toBe("Tax return 15/4");
    expect(await title({ locale: "de" })).toBe("Tax return 15/4");
  });

  test("201 once for the same Idempotency-Key, understood as of then", async ({ user, server }) => {
    const body = { text: "Call in 45 minutes" };
    const headers = { "idempotency-key": "same line" };
    const first = await add(user.api, body, headers);
    const age = `update idempotency_keys set row = jsonb_set(row, '{created_at}', '"2026-10-14T08:00:30.000Z"')`;
    await query(server.databaseUrl, `${age} where space_id = $1`, [user.id]);
    const again = await add(user.api, body, headers);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("x-change-id")).toBe(first.headers.get("x-change-id"));
    expect(again.task?.id).toBe(first.task?.id);
    expect(again.parse.due_datetime).toBe("2026-10-14T08:45:00.000Z");
    expect(await listed(user.api)).toHaveLength(1);
  });

  test("401 signed out", async ({ api }) => {
    expect((await api("POST", QUICK, { body: { text: "Buy milk" } })).status).toBe(401);
  });

  test("403 without tasks:write, in a dry run too", async ({ newUser }) => {
    const reader = await newUser(["tasks:read"]);
    for (const dry_run of [true, false]) {
      const { status, body } = await reader.api("POST", QUICK, { body: { text: "Buy milk", dry_run } });
      expect({ status, code: body.code }).toEqual({ status: 403, code: "insufficient_scope" });
    }
  });

  test("405 to read it: quick is the id of no task", async ({ user }) => {
    const { status, headers } = await user.api("GET", QUICK);
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "POST, OPTIONS" });
  });

  test("409 an id that there is, with the task under current", async ({ user, newUser }) => {
    const id = randomUUID();
    const { task } = await add(user.api, { id, text: "Buy milk tomorrow" });
    const { status, body } = await user.api("POST", QUICK, { body: { id, text: "Another" } });
    expect({ status, code: body.code, current: body.current }).toEqual({
      status: 409,
      code: "conflict",
      current: task,
    });
    const other = await newUser();
    expect((await add(other.api, { id, text: "Mine" })).task?.user_id).toBe(other.id);
  });

  const longest = "😀".repeat(255);

  test("201 the longest text, counted as people count", async ({ user }) => {
    expect((await add(user.api, { text: longest })).task?.title).toBe(longest);
  });

  for (const [path, value] of [
    ["text", undefined],
    ["text", ""],
    ["text", " \n\t"],
    ["text", `${longest}x`],
    ["text", null],
    ["text", 7],
    ["id", "quick"],
    ["time_zone", "Europe/Nowhere"],
    ["time_zone", null],
    ["time_zone", ""],
    ["locale", "en GB"],
    ["locale", "e"],
    ["dry_run", "true"],
  ] as const)
    test(`422 names ${path}: ${JSON.stringify(value)?.slice(0, 24)}`, async ({ user }) => {
      const { status, body } = await user.api("POST", QUICK, { body: { text: "Buy milk", [path]: value } });
      expect({ status, paths: body.errors.map((each) => each.path) }).toEqual({ status: 422, paths: [path] });
      expect(await listed(user.api)).toEqual([]);
    });

  for (const member of ["title", "priority", "due_datetime", "user_id", "now", "rejected"])
    test(`422 names ${member}, which is not its`, async ({ user }) => {
      const { status, body } = await user.api("POST", QUICK, { body: { text: "Buy milk", [member]: "x" } });
      expect({ status, errors: body.errors }).toEqual({
        status: 422,
        errors: [{ path: member, code: "unrecognized_key", message: "is unknown or read-only" }],
      });
    });
});
