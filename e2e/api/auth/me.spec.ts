import { expect } from "../../fixtures";
import { DEFAULT_PREFERENCES, PROFILE } from "../../support/account-shapes";
import { test } from "../../support/accounts";
import { query } from "../../support/database";
import { columnsOf } from "../../support/rows";

const PATH = "/api/v1/auth/me";

test.describe("GET /api/v1/auth/me", () => {
  test("200 who I am, and nothing of my password", async ({ member }) => {
    const { status, body, headers } = await member.api("GET", PATH);
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, data: { ...PROFILE, user_id: member.id, email: member.email } });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("401 a disabled account, though its session has not ended", async ({ member, server }) => {
    await query(server.databaseUrl, "update users set is_active = false where id = $1", [member.id]);
    expect((await member.api("GET", PATH)).status).toBe(401);
  });
});

test.describe("PATCH /api/v1/auth/me", () => {
  test("200 another name, or none", async ({ member }) => {
    const rename = async (name: string | null) =>
      (await member.api("PATCH", PATH, { body: { name } })).body.data.name;
    expect(await rename("  Ada Lovelace ")).toBe("Ada Lovelace");
    expect(await rename("🎈".repeat(255))).toBe("🎈".repeat(255));
    expect(await rename(null)).toBeNull();
  });

  test("200 preferences that are named change, the others stay, null takes one back", async ({ member }) => {
    const change = async (preferences: object) =>
      (await member.api("PATCH", PATH, { body: { preferences } })).body.data.preferences;
    expect(await change({ time_zone: "Asia/Kathmandu", theme: "dark" })).toEqual({
      ...DEFAULT_PREFERENCES,
      time_zone: "Asia/Kathmandu",
      theme: "dark",
    });
    const renamed = { ...DEFAULT_PREFERENCES.quadrant_names, do: "Now" };
    expect(await change({ quadrant_names: { do: " Now " }, theme: null, shortcuts: false })).toEqual({
      ...DEFAULT_PREFERENCES,
      time_zone: "Asia/Kathmandu",
      quadrant_names: renamed,
      shortcuts: false,
    });
    expect(await change({})).toMatchObject({ time_zone: "Asia/Kathmandu", shortcuts: false });
    const everything = Object.fromEntries(Object.keys(DEFAULT_PREFERENCES).map((name) => [name, null]));
    expect(await change(everything)).toEqual(DEFAULT_PREFERENCES);
  });

  const refused: [object, string][] = [
    [{ time_zone: "Mars/Olympus" }, "time_zone"],
    [{ time_zone: "Europe/Berlin; drop table users" }, "time_zone"],
    [{ time_zone: "" }, "time_zone"],
    [{ week_start: "friday" }, "week_start"],
    [{ date_format: "dd.mm.yy" }, "date_format"],
    [{ theme: "DARK" }, "theme"],
    [{ density: 1 }, "density"],
    [{ shortcuts: "true" }, "shortcuts"],
    [{ tips: 1 }, "tips"],
    [{ quadrant_names: { do: "x".repeat(31) } }, "quadrant_names.do"],
    [{ quadrant_names: { do: "  " } }, "quadrant_names.do"],
    [{ quadrant_names: { fifth: "Fifth" } }, "quadrant_names.fifth"],
    [{ quadrant_names: ["Do"] }, "quadrant_names"],
    [{ language: "de" }, "language"],
  ];
  for (const [preferences, path] of refused)
    test(`422 the preference ${JSON.stringify(preferences)}`, async ({ member }) => {
      const answer = await member.api("PATCH", PATH, { body: { preferences } });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: `preferences.${path}` }] } });
      expect((await member.api("GET", PATH)).body.data.preferences).toEqual(DEFAULT_PREFERENCES);
    });

  test("422 every column that is not mine to set, and nothing has changed", async ({ member, server }) => {
    const rowOf = () => query(server.databaseUrl, "select * from users where id = $1", [member.id]);
    const before = await rowOf();
    const mine = ["name", "preferences"];
    const columns = (await columnsOf(server.databaseUrl, "users")).map(({ name }) => name);
    const others = columns.filter((name) => !mine.includes(name));
    for (const name of [...others, "user_id", "has_password", "password", "scope", "__proto__"]) {
      const body = `{"name": "Eve", "${name}": true}`;
      const answer = await member.api("PATCH", PATH, { body });
      expect(answer, name).toMatchObject({ status: 422, body: { errors: [{ path: name }] } });
    }
    const nested = '{"preferences": {"__proto__": {"theme": "dark"}}}';
    expect((await member.api("PATCH", PATH, { body: nested })).status).toBe(422);
    expect(await rowOf()).toEqual(before);
  });

  test("403 with a token that may only read, and 401 without one", async ({ newUser, api }) => {
    const reader = await newUser(["account:read"]);
    expect((await reader.api("GET", PATH)).status).toBe(200);
    const body = { name: "Eve" };
    expect((await reader.api("PATCH", PATH, { body })).body.code).toBe("insufficient_scope");
    expect((await api("PATCH", PATH, { body })).status).toBe(401);
  });
});
