import { setTimeout as wait } from "node:timers/promises";
import { apiOf, expect } from "../../fixtures";
import {
  ALIVE,
  DEAD,
  eventsOf,
  livesOf,
  OTHER_PASSWORD,
  PASSWORD,
  signedInAgo,
  test,
} from "../../support/accounts";
import { query } from "../../support/database";

const PATH = "/api/v1/auth/me";

test.describe("DELETE /api/v1/auth/me", () => {
  test("T-44 204, and no token of theirs opens anything: here at once, elsewhere within 2 s", async ({
    member,
    server,
    second,
  }) => {
    const phone = await member.signIn();
    expect(await livesOf(second, phone)).toEqual(ALIVE);
    const { status } = await member.api("DELETE", PATH, { body: { password: member.password } });
    expect(status).toBe(204);
    for (const device of [member, phone]) {
      expect(await livesOf(server, device)).toEqual(DEAD);
      expect(await livesOf(second, device)).toMatchObject({ sensitive: 401, refresh: 401 });
    }
    await wait(2_000);
    expect(await livesOf(second, phone)).toEqual(DEAD);
    await expect(member.signIn()).rejects.toThrow("401");
  });

  test("204 takes everything along but the tombstones of the sessions and what happened", async ({
    member,
    newMember,
    server,
  }) => {
    const url = server.databaseUrl;
    const other = await newMember();
    for (const { api } of [member, other]) await api("POST", "/api/v1/tasks", { body: { title: "Kept?" } });
    await query(url, "insert into accounts values ($1, 'oidc', 'github', $2)", [member.id, member.email]);
    await member.api("DELETE", PATH, { body: { password: member.password } });
    const tables = [
      "users where id",
      "passwords where user_id",
      "accounts where user_id",
      "mail_links where user_id",
      "tasks where space_id",
      "changes where space_id",
      "spaces where id",
    ];
    const left = (id: string) =>
      Promise.all(
        tables.map(async (table) => (await query(url, `select 1 from ${table} = $1`, [id])).length),
      );
    await expect.poll(() => left(member.id)).toEqual(tables.map(() => 0));
    expect(await left(other.id)).toEqual([1, 1, 0, 1, 1, 1, 1]);
    const tombstones = await query(
      url,
      "select 1 from sessions where user_id = $1 and revoked_at is not null",
      [member.id],
    );
    expect(tombstones).toHaveLength(1);
    expect(await eventsOf(server, member.id)).toEqual(["sign_up", "sign_in", "user_deleted"]);
  });

  test("204, and the address is free again, for an account that has nothing of the old one", async ({
    member,
    newMember,
  }) => {
    await member.api("POST", "/api/v1/tasks", { body: { title: "Secret" } });
    await member.api("DELETE", PATH, { body: { password: member.password } });
    const next = await newMember({ email: member.email, password: OTHER_PASSWORD });
    expect(next.id).not.toBe(member.id);
    expect((await next.api("GET", "/api/v1/tasks")).body.data.tasks).toEqual([]);
    await expect(next.signIn({ password: PASSWORD })).rejects.toThrow("401");
  });

  test("204 without a password for whoever signed in within 5 minutes, 403 for everybody else", async ({
    newMember,
    server,
  }) => {
    const [recent, stale] = [await newMember(), await newMember()];
    const early = await signedInAgo(server, recent, 4 * 60);
    expect((await early("DELETE", PATH)).status).toBe(204);
    const late = await signedInAgo(server, stale, 5 * 60 + 1);
    expect(await late("DELETE", PATH)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await late("DELETE", PATH, { body: { password: stale.password } })).status).toBe(204);
  });

  test("403 with a wrong password, however recent the sign-in, and 422 with what is none", async ({
    member,
    server,
  }) => {
    const password = OTHER_PASSWORD;
    expect((await member.api("DELETE", PATH, { body: { password } })).status).toBe(403);
    for (const body of [{ password: 1 }, { password: null }, { user_id: member.id }])
      expect((await member.api("DELETE", PATH, { body })).status).toBe(422);
    expect((await apiOf(server)("DELETE", PATH)).status).toBe(401);
    expect(await livesOf(server, member)).toEqual(ALIVE);
  });
});
