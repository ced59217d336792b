import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { issueRefreshToken, readRefreshToken } from "@/lib/auth/refresh-tokens";
import { apiOf, expect } from "../../fixtures";
import { GRANT } from "../../support/account-shapes";
import { eventsOf, firstTokenOf, refreshWith, test } from "../../support/accounts";
import { cookieOf, createBrowserPerson, sessionRow } from "../../support/browser-session";
import { query } from "../../support/database";

const PATH = "/api/v1/auth/refresh";
const AGED = "update sessions set rotated_at = rotated_at - interval '31 s' where id = $1";

/** The token with some of its bytes changed, and its checksum right again unless that is what is wrong. */
function altered(token: string, change: (bytes: Buffer) => void, { isSummed = true } = {}): string {
  const bytes = Buffer.from(token.slice("ff_rt_".length), "base64url");
  change(bytes);
  if (isSummed) bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return `ff_rt_${bytes.toString("base64url")}`;
}

const flip = (at: number) => (bytes: Buffer) => void bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
const GENERATION_END = 28;
const MAC_START = 29;

test.describe("POST /api/v1/auth/refresh", () => {
  test("T-01 200 three times: each token trades for the next", async ({ member, server }) => {
    let token = member.refreshToken;
    const seen = [token];
    for (let generation = 1; generation <= 3; generation += 1) {
      const { status, body, headers } = await refreshWith(member.open, token);
      expect(status).toBe(200);
      expect(body).toEqual({ success: true, data: { ...GRANT, session_id: member.sessionId } });
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.getSetCookie()).toEqual([]);
      expect(await sessionRow(server.databaseUrl, member.sessionId)).toMatchObject({ generation });
      token = body.data.refresh_token;
      seen.push(token);
      const own = apiOf(server, { token: body.data.access_token });
      expect((await own("GET", "/api/v1/auth/me")).status).toBe(200);
    }
    expect(new Set(seen).size).toBe(4);
  });

  test("T-02 200 twice with one token: the same successor, and one step", async ({ member, server }) => {
    const [first, second] = [
      await refreshWith(member.open, member.refreshToken),
      await refreshWith(member.open, member.refreshToken),
    ];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.data.refresh_token).toBe(first.body.data.refresh_token);
    expect(await sessionRow(server.databaseUrl, member.sessionId)).toMatchObject({ generation: 1 });
  });

  test("T-03 200 for 20 at once on two servers: one successor, and one step", async ({
    member,
    server,
    second,
  }) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        refreshWith(apiOf(index % 2 ? server : second), member.refreshToken),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.data.refresh_token)).size).toBe(1);
    expect(await sessionRow(server.databaseUrl, member.sessionId)).toMatchObject({ generation: 1 });
  });

  test("T-04, T-06 401 a token that was traded 31 s ago, and then for everything of its session, everywhere", async ({
    member,
    server,
    second,
    mailbox,
  }) => {
    const next = (await refreshWith(member.open, member.refreshToken)).body.data;
    const board = [server, second].map((at) => apiOf(at, { token: next.access_token }));
    for (const api of board) expect((await api("GET", "/api/v1/tasks")).status).toBe(200);
    await query(server.databaseUrl, AGED, [member.sessionId]);
    expect((await refreshWith(member.open, member.refreshToken)).status).toBe(401);
    expect((await refreshWith(member.open, next.refresh_token)).status).toBe(401);
    expect(await sessionRow(server.databaseUrl, member.sessionId)).toMatchObject({
      generation: 1,
      revoke_reason: "refresh_reuse",
    });
    expect((await board[0]?.("GET", "/api/v1/tasks"))?.status).toBe(401);
    for (const api of board) expect((await api("GET", "/api/v1/auth/me")).status).toBe(401);
    await wait(2_000);
    expect((await board[1]?.("GET", "/api/v1/tasks"))?.status).toBe(401);
    expect(await eventsOf(server, member.id)).toEqual(["sign_up", "sign_in", "refresh_reuse"]);
    const mail = await mailbox.mailTo(member.email, { subject: "A sign-in of yours was ended" });
    expect(mail.text).not.toContain("ff_rt_");
  });

  const forgeries: [string, (token: string) => string][] = [
    ["with another signature", (token) => altered(token, flip(MAC_START))],
    ["with another generation", (token) => altered(token, flip(GENERATION_END))],
    ["of another session, with this one's signature", (token) => altered(token, flip(12))],
    ["of another version", (token) => altered(token, flip(0))],
    ["of another key", (token) => altered(token, flip(1))],
    ["with a wrong checksum", (token) => altered(token, flip(60 + 4), { isSummed: false })],
    ["with one character more", (token) => `${token}A`],
    ["with one character less", (token) => token.slice(0, -1)],
    ["without its prefix", (token) => token.slice("ff_rt_".length)],
    ["after a space", (token) => ` ${token}`],
    ["that is empty", () => ""],
    [
      "of a generation to come",
      (token) => {
        const { sessionId = "", generation = 0 } = readRefreshToken(token) ?? {};
        return issueRefreshToken({ sessionId, generation: generation + 5 });
      },
    ],
    ["of a session that is none", () => issueRefreshToken({ sessionId: randomUUID(), generation: 0 })],
  ];
  for (const [name, forge] of forgeries)
    test(`T-10 401 a token ${name}, and its session is as it was`, async ({ member }) => {
      const { data } = (await refreshWith(member.open, member.refreshToken)).body;
      const forged = forge(data.refresh_token);
      expect(forged).not.toBe(data.refresh_token);
      const answer = await refreshWith(member.open, forged);
      expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
      expect((await refreshWith(member.open, data.refresh_token)).status).toBe(200);
    });

  test("T-10 413 a token of 1 MB", async ({ api }) => {
    const answer = await refreshWith(api, `ff_rt_${"A".repeat(1024 * 1024)}`);
    expect(answer).toMatchObject({ status: 413, body: { code: "too_large" } });
  });

  test("401 an access token, and a refresh token where an access token is wanted", async ({
    member,
    server,
  }) => {
    expect((await refreshWith(member.open, member.accessToken)).status).toBe(401);
    expect((await refreshWith(member.open, member.token)).status).toBe(401);
    const wrong = apiOf(server, { token: member.refreshToken });
    expect((await wrong("GET", "/api/v1/auth/me")).status).toBe(401);
  });

  test("401 a token of a browser's session, and that session is as it was", async ({ server, api }) => {
    const { sessionId } = await createBrowserPerson(server.databaseUrl, { isDue: true });
    expect((await refreshWith(api, firstTokenOf(sessionId))).status).toBe(401);
    expect(await sessionRow(server.databaseUrl, sessionId)).toMatchObject({
      generation: 0,
      revoke_reason: null,
    });
  });

  test("T-39 401 or 422 with a browser's cookie for a token, and the cookie is as it was", async ({
    server,
    api,
  }) => {
    const person = await createBrowserPerson(server.databaseUrl, { isDue: true });
    const headers = { cookie: cookieOf(person.token), "sec-fetch-site": "same-origin" };
    const bodies = [{}, { refresh_token: "" }, { refresh_token: person.token }];
    for (const body of bodies) {
      const answer = await api("POST", PATH, { body, headers });
      expect([401, 422]).toContain(answer.status);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await sessionRow(server.databaseUrl, person.sessionId)).toMatchObject({ generation: 0 });
  });

  test("401 the token of somebody who was disabled", async ({ member, server }) => {
    await query(server.databaseUrl, "update users set is_active = false where id = $1", [member.id]);
    expect((await refreshWith(member.open, member.refreshToken)).status).toBe(401);
  });

  test("T-11 401 a session that idled too long, or has come to its end", async ({ newMember, server }) => {
    for (const column of ["idle_expires_at", "idle_expires_at = now(), absolute_expires_at"]) {
      const member = await newMember();
      await query(server.databaseUrl, `update sessions set ${column} = now() where id = $1`, [
        member.sessionId,
      ]);
      expect((await refreshWith(member.open, member.refreshToken)).status).toBe(401);
      expect((await member.api("GET", "/api/v1/auth/me")).status).toBe(401);
    }
  });

  test("422 without a token, or with more than one", async ({ api }) => {
    for (const body of [{}, { refresh_token: 1 }, { refresh_token: "x", session_id: "y" }])
      expect((await api("POST", PATH, { body })).status).toBe(422);
  });
});
