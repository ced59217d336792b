import { setTimeout as wait } from "node:timers/promises";
import { apiOf, expect } from "../../fixtures";
import { ALIVE, DEAD, eventsOf, livesOf, refreshWith, test } from "../../support/accounts";

const PATH = "/api/v1/auth/signout";
const SIGNED_OUT = { success: true, message: "Signed out." };

test.describe("POST /api/v1/auth/signout", () => {
  test("T-21 200, and nothing of the session opens anything: here at once, elsewhere within 2 s", async ({
    member,
    server,
    second,
  }) => {
    expect(await livesOf(second, member)).toEqual(ALIVE);
    // The list of what was revoked is renewed by now: what follows at once is told by nobody but this server itself.
    await wait(1_100);
    await member.api("GET", "/api/v1/tasks");
    await wait(100);
    const { status, body, headers } = await member.api("POST", PATH, { body: {} });
    expect({ status, body }).toEqual({ status: 200, body: SIGNED_OUT });
    expect(headers.getSetCookie()).toEqual([]);
    expect(await livesOf(server, member)).toEqual(DEAD);
    expect(await livesOf(second, member)).toMatchObject({ sensitive: 401, refresh: 401 });
    await wait(2_000);
    expect(await livesOf(second, member)).toEqual(DEAD);
  });

  test("T-21 401 at once on both servers, for every sensitive endpoint", async ({ member, second }) => {
    const there = apiOf(second, { token: member.accessToken });
    expect((await there("GET", "/api/v1/auth/me")).status).toBe(200);
    await member.api("POST", PATH, { body: {} });
    for (const api of [there, member.api])
      for (const [method, path] of [
        ["GET", "me"],
        ["PATCH", "me"],
        ["DELETE", "me"],
        ["GET", "sessions"],
        ["GET", "events"],
        ["GET", "accounts"],
        ["POST", "password"],
        ["POST", "email"],
        ["POST", "signout"],
      ] as const) {
        const body = method === "GET" ? undefined : {};
        expect((await api(method, `/api/v1/auth/${path}`, { body })).status, path).toBe(401);
      }
  });

  const scopes: [object | undefined, boolean[]][] = [
    [undefined, [false, true, true]],
    [{}, [false, true, true]],
    [{ scope: "current" }, [false, true, true]],
    [{ scope: "others" }, [true, false, false]],
    [{ scope: "all" }, [false, false, false]],
  ];
  for (const [body, lives] of scopes)
    test(`200 with ${JSON.stringify(body) ?? "no body"} ends those of three devices, and nobody else's`, async ({
      member,
      newMember,
      server,
    }) => {
      const devices = [member, await member.signIn(), await member.signIn()];
      const stranger = await newMember();
      expect((await member.api("POST", PATH, { body })).body).toEqual(SIGNED_OUT);
      const found = await Promise.all(devices.map((device) => livesOf(server, device)));
      expect(found).toEqual(lives.map((isAlive) => (isAlive ? ALIVE : DEAD)));
      expect(await livesOf(server, stranger)).toEqual(ALIVE);
      expect((await eventsOf(server, member.id)).at(-1)).toBe("sign_out");
    });

  test("200 with the token of 24 hours, as clients of 2026 do", async ({ member, server }) => {
    const legacy = apiOf(server, { token: member.token });
    expect((await legacy("POST", PATH, { body: {} })).body).toEqual(SIGNED_OUT);
    expect(await livesOf(server, member)).toEqual(DEAD);
  });

  test("401 again, and signing in anew begins another session", async ({ member, server }) => {
    await member.api("POST", PATH, { body: {} });
    expect((await member.api("POST", PATH, { body: {} })).status).toBe(401);
    const device = await member.signIn({ address: member.address });
    expect(device.sessionId).not.toBe(member.sessionId);
    expect(await livesOf(server, device)).toEqual(ALIVE);
    expect(await livesOf(server, member)).toEqual(DEAD);
  });

  test("T-09 ends a session that is being refreshed at the same time", async ({ member, server }) => {
    const [refreshed] = await Promise.all([
      refreshWith(member.open, member.refreshToken),
      member.api("POST", PATH, { body: {} }),
    ]);
    const successor = refreshed.status === 200 ? refreshed.body.data : undefined;
    const { accessToken, refreshToken } = member;
    const held = {
      ...member,
      accessToken: successor?.access_token ?? accessToken,
      refreshToken: successor?.refresh_token ?? refreshToken,
    };
    expect(await livesOf(server, held)).toEqual(DEAD);
  });

  test("422 a scope that is none, and 401 without a token", async ({ member, api, server }) => {
    for (const body of [{ scope: "everyone" }, { session_id: member.sessionId }])
      expect((await member.api("POST", PATH, { body })).status).toBe(422);
    expect((await api("POST", PATH, { body: {} })).status).toBe(401);
    expect(await livesOf(server, member)).toEqual(ALIVE);
  });
});
