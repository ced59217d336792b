import { apiOf, expect } from "../../fixtures";
import {
  ALIVE,
  anEmail,
  DEAD,
  eventsOf,
  firstTokenOf,
  livesOf,
  type Member,
  OTHER_PASSWORD,
  PASSWORD,
  secretIn,
  signedInAgo,
  test,
} from "../../support/accounts";
import { query } from "../../support/database";
import type { Server } from "../../support/server";

const PATH = "/api/v1/auth/password";
const CHANGE = { current_password: PASSWORD, new_password: OTHER_PASSWORD };

test.describe("POST /api/v1/auth/password", () => {
  test("T-44 204 ends every other session, and not this one", async ({ member, server, second, mailbox }) => {
    const [phone, tablet] = [await member.signIn(), await member.signIn()];
    expect(await livesOf(second, phone)).toEqual(ALIVE);
    expect((await member.api("POST", PATH, { body: CHANGE })).status).toBe(204);
    expect(await livesOf(server, member)).toEqual(ALIVE);
    for (const device of [phone, tablet]) {
      expect(await livesOf(server, device)).toEqual(DEAD);
      expect(await livesOf(second, device)).toMatchObject({ sensitive: 401, refresh: 401 });
    }
    await expect(member.signIn()).rejects.toThrow("401");
    expect((await member.signIn({ password: OTHER_PASSWORD })).sessionId).toBeTruthy();
    const mail = await mailbox.mailTo(member.email, { subject: "Your password was changed" });
    expect(mail.text).not.toContain(OTHER_PASSWORD);
  });

  test("403 without the current password, or with a wrong one, however recent the sign-in", async ({
    member,
    server,
  }) => {
    for (const body of [{ new_password: OTHER_PASSWORD }, { ...CHANGE, current_password: OTHER_PASSWORD }])
      expect(await member.api("POST", PATH, { body })).toMatchObject({
        status: 403,
        body: { code: "forbidden" },
      });
    expect(await livesOf(server, await member.signIn())).toEqual(ALIVE);
    expect(await eventsOf(server, member.id)).not.toContain("password_changed");
  });

  test("204 the first password of somebody without one who has just signed in, and 403 later", async ({
    newUser,
    server,
  }) => {
    const [recent, stale] = [await newUser(), await newUser()];
    const body = { new_password: OTHER_PASSWORD };
    const held = { ...stale, address: "10.0.0.1", open: apiOf(server), accessToken: "" };
    const device = { ...held, refreshToken: firstTokenOf(stale.sessionId) };
    const late = await signedInAgo(server, device, 5 * 60 + 1);
    expect((await late("POST", PATH, { body })).status).toBe(403);
    expect((await recent.api("POST", PATH, { body })).status).toBe(204);
    const signIn = { email: recent.email, password: OTHER_PASSWORD };
    expect((await apiOf(server)("POST", "/api/v1/auth/signin", { body: signIn })).status).toBe(200);
  });

  test("422 a new password that is too short, too common or one's own address", async ({ member }) => {
    for (const new_password of ["short", "password123", member.email, "x".repeat(129)]) {
      const answer = await member.api("POST", PATH, { body: { ...CHANGE, new_password } });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: "new_password" }] } });
    }
    expect((await member.signIn()).sessionId).toBeTruthy();
  });
});

test.describe("POST /api/v1/auth/password/forgot and /reset", () => {
  const ask = (server: Server, email: string) => apiOf(server)("POST", `${PATH}/forgot`, { body: { email } });

  const reset = (server: Server, token: string, password = OTHER_PASSWORD) =>
    apiOf(server)("POST", `${PATH}/reset`, { body: { token, password } });

  test("T-44 204 sets the password of whoever reads the mail, and ends every session", async ({
    member,
    server,
    mailbox,
  }) => {
    const phone = await member.signIn();
    expect(await ask(server, member.email.toUpperCase())).toMatchObject({ status: 202, body: "" });
    const token = secretIn(await mailbox.mailTo(member.email, { subject: "Choose a new password" }));
    const { status, headers } = await reset(server, token);
    expect({ status, cookies: headers.getSetCookie() }).toEqual({ status: 204, cookies: [] });
    for (const device of [member, phone]) expect(await livesOf(server, device)).toEqual(DEAD);
    await expect(member.signIn()).rejects.toThrow("401");
    const again = await member.signIn({ password: OTHER_PASSWORD });
    expect(await livesOf(server, again)).toEqual(ALIVE);
    await mailbox.mailTo(member.email, { subject: "Your password was changed" });
    const kinds = ["sign_up", "sign_in", "sign_in", "password_reset_requested", "password_reset"];
    expect((await eventsOf(server, member.id)).slice(0, 5)).toEqual(kinds);
  });

  test("T-28 204 proves the address, and drops what was linked before it was proved", async ({
    member,
    server,
    mailbox,
  }) => {
    const link =
      "insert into accounts (user_id, type, provider, provider_account_id) values ($1, 'oidc', 'oidc', $2)";
    const linked = () => query(server.databaseUrl, "select 1 from accounts where user_id = $1", [member.id]);
    const resetByMail = async () => {
      await ask(server, member.email);
      const mail = await mailbox.mailTo(member.email, { subject: "Choose a new password" });
      expect((await reset(server, secretIn(mail))).status).toBe(204);
    };
    await query(server.databaseUrl, link, [member.id, `stranger of ${member.id}`]);
    await resetByMail();
    expect(await linked()).toEqual([]);
    const { body } = await (await member.signIn({ password: OTHER_PASSWORD })).api("GET", "/api/v1/auth/me");
    expect(body.data).toMatchObject({ email_verified_at: expect.any(String) });
    await query(server.databaseUrl, link, [member.id, `owner of ${member.id}`]);
    await resetByMail();
    expect(await linked()).toHaveLength(1);
  });

  test("202 in the same words for an address that nobody has, or a disabled account, which get no mail", async ({
    member,
    newMember,
    server,
    mailbox,
  }) => {
    const disabled = await newMember();
    await query(server.databaseUrl, "update users set is_active = false where id = $1", [disabled.id]);
    const stranger = anEmail();
    const shown = async (email: string) => {
      const { status, headers, body } = await ask(server, email);
      const names = [...headers.keys()].filter((name) => name !== "x-request-id");
      return { status, body, names, cacheControl: headers.get("cache-control") };
    };
    const answers = [await shown(stranger), await shown(disabled.email), await shown(member.email)];
    expect(answers[0]).toEqual(answers[2]);
    expect(answers[1]).toEqual(answers[2]);
    await mailbox.mailTo(member.email, { subject: "Choose a new password" });
    const resets = mailbox.messages().filter(({ subject }) => subject === "Choose a new password");
    const readers = resets.flatMap(({ to }) => to);
    for (const email of [stranger, disabled.email]) expect(readers).not.toContain(email);
  });

  test("429 the fourth request within an hour for one address, from wherever, known or not", async ({
    member,
    server,
  }) => {
    for (const email of [member.email, anEmail()]) {
      const answers = [];
      for (let index = 0; index < 4; index += 1) answers.push(await ask(server, email));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 429]);
      expect(Number(answers[3]?.headers.get("retry-after"))).toBeGreaterThan(3_000);
    }
  });

  const spoilt: [string, (member: Member, server: Server, token: string) => Promise<unknown>][] = [
    ["that was used", (_, server, token) => reset(server, token, PASSWORD)],
    ["from before the password was changed", ({ api }) => api("POST", PATH, { body: CHANGE })],
    [
      "that is too old",
      ({ id }, server) =>
        query(server.databaseUrl, "update mail_links set expires_at = now() where user_id = $1", [id]),
    ],
    [
      "from before the address was changed",
      ({ id }, server) =>
        query(server.databaseUrl, "update users set email = 'x' || email where id = $1", [id]),
    ],
  ];
  for (const [name, spoil] of spoilt)
    test(`T-45 422 a link ${name}`, async ({ member, server, mailbox }) => {
      await ask(server, member.email);
      const token = secretIn(await mailbox.mailTo(member.email, { subject: "Choose a new password" }));
      await spoil(member, server, token);
      const answer = await reset(server, token);
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: "token" }] } });
      const resets = (await eventsOf(server, member.id)).filter((kind) => kind === "password_reset");
      expect(resets).toHaveLength(name === "that was used" ? 1 : 0);
    });

  test("T-45 422 for all but one of ten who use a link at once", async ({ member, server, mailbox }) => {
    await ask(server, member.email);
    const token = secretIn(await mailbox.mailTo(member.email, { subject: "Choose a new password" }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => reset(server, token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([204, ...Array(9).fill(422)]);
  });

  test("422 a weak password, which leaves the link as it was; a later link takes its place", async ({
    member,
    server,
    mailbox,
  }) => {
    await ask(server, member.email);
    const first = secretIn(await mailbox.mailTo(member.email, { subject: "Choose a new password" }));
    expect((await reset(server, first, "password123")).body.errors[0]?.path).toBe("password");
    await ask(server, member.email);
    const second = secretIn(await mailbox.mailTo(member.email, { subject: "Choose a new password" }));
    expect((await reset(server, first)).status).toBe(422);
    expect((await reset(server, second)).status).toBe(204);
  });

  test("422 a link to verify an address, and what is no secret", async ({ member, server, mailbox }) => {
    const verify = secretIn(await mailbox.mailTo(member.email, { subject: "Confirm your e-mail address" }));
    for (const token of [verify, "", "%", "' or 1=1 --", "x".repeat(200), "x".repeat(201)])
      expect((await reset(server, token)).status).toBe(422);
    expect(await livesOf(server, member)).toEqual(ALIVE);
  });
});
