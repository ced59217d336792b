import { randomUUID } from "node:crypto";
import { apiOf, expect } from "../../fixtures";
import { TIMESTAMP, UUID } from "../../support/account-shapes";
import { ALIVE, DEAD, eventsOf, livesOf, test } from "../../support/accounts";
import { query } from "../../support/database";

const PATH = "/api/v1/auth/sessions";

test.describe("GET /api/v1/auth/sessions", () => {
  test("T-43 200 my devices and nobody else's, the one seen last first, without a trace of a token", async ({
    member,
    newMember,
    server,
  }) => {
    await newMember();
    const phone = apiOf(server, { address: "2001:db8:1:2::3" });
    const headers = { "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/605.1" };
    const credentials = { email: member.email, password: member.password };
    const { data } = (await phone("POST", "/api/v1/auth/signin", { body: credentials, headers })).body;
    const { status, body } = await member.api("GET", PATH);
    expect(status).toBe(200);
    const times = {
      created_at: expect.stringMatching(TIMESTAMP),
      last_seen_at: expect.stringMatching(TIMESTAMP),
      idle_expires_at: expect.stringMatching(TIMESTAMP),
      absolute_expires_at: expect.stringMatching(TIMESTAMP),
    };
    const each = { kind: "api", method: "password", ...times };
    expect(body.data).toEqual({
      sessions: [
        {
          ...each,
          id: data.session_id,
          device: "Safari on iOS",
          address_prefix: "2001:db8:1::/48",
          is_current: false,
        },
        {
          ...each,
          id: member.sessionId,
          device: "node",
          address_prefix: member.address.replace(/\d+$/, "0/24"),
          is_current: true,
        },
      ],
    });
  });

  test("200 leaves out what has ended or run out", async ({ member, server }) => {
    const [ended, idle] = [await member.signIn(), await member.signIn()];
    await ended.api("POST", "/api/v1/auth/signout", { body: {} });
    const sql = "update sessions set idle_expires_at = now() where id = $1";
    await query(server.databaseUrl, sql, [idle.sessionId]);
    const { sessions } = (await member.api("GET", PATH)).body.data;
    expect(sessions.map(({ id }) => id)).toEqual([member.sessionId]);
  });

  test("T-43 200 the same, whatever is asked of it", async ({ member, newMember }) => {
    const { id } = await newMember();
    for (const search of [`user_id=${id}`, "limit=1000000", "offset=-1", "cursor=x", "sessions[]=*"]) {
      const { status, body } = await member.api("GET", `${PATH}?${search}`);
      const ids = body.data.sessions.map((session) => session.id);
      expect({ status, ids }).toEqual({ status: 200, ids: [member.sessionId] });
    }
  });
});

test.describe("DELETE /api/v1/auth/sessions/{id}", () => {
  test("T-43 204 signs that device out and no other", async ({ member, server }) => {
    const [lost, kept] = [await member.signIn(), await member.signIn()];
    const { status } = await member.api("DELETE", `${PATH}/${lost.sessionId}`);
    expect(status).toBe(204);
    expect(await livesOf(server, lost)).toEqual(DEAD);
    for (const device of [member, kept]) expect(await livesOf(server, device)).toEqual(ALIVE);
    expect((await eventsOf(server, member.id)).at(-1)).toBe("session_ended");
  });

  test("204 signs this device out too", async ({ member, server }) => {
    expect((await member.api("DELETE", `${PATH}/${member.sessionId}`)).status).toBe(204);
    expect(await livesOf(server, member)).toEqual(DEAD);
  });

  test("T-42, T-43 404 somebody else's, with the same bytes as one that is none, and it lives on", async ({
    member,
    newMember,
    server,
  }) => {
    const other = await newMember();
    const headers = { "x-request-id": randomUUID() };
    const theirs = await member.api("DELETE", `${PATH}/${other.sessionId}`, { headers });
    const none = await member.api("DELETE", `${PATH}/${randomUUID()}`, { headers });
    expect(theirs.status).toBe(404);
    expect(theirs.body).toEqual(none.body);
    expect(await livesOf(server, other)).toEqual(ALIVE);
    expect(await eventsOf(server, other.id)).not.toContain("session_ended");
  });

  test("404 one that ended before", async ({ member }) => {
    const { sessionId } = await member.signIn();
    const path = `${PATH}/${sessionId}`;
    expect((await member.api("DELETE", path)).status).toBe(204);
    expect((await member.api("DELETE", path)).status).toBe(404);
  });

  for (const id of ["1", "null", "%00", "..%2fsessions", "01932f6e-8000-7000-8000-00000000fffg", "' or 1=1"])
    test(`T-43 404 ${id}, which is no UUID`, async ({ member }) => {
      const { status } = await member.api("DELETE", `${PATH}/${id}`);
      expect(status).toBe(404);
      expect((await member.api("GET", PATH)).body.data.sessions[0]?.id).toMatch(UUID);
    });
});
