import { apiOf, expect } from "../../fixtures";
import {
  anEmail,
  eventsOf,
  insertMember,
  OTHER_PASSWORD,
  PASSWORD,
  secretIn,
  signedInAgo,
  test,
} from "../../support/accounts";
import { query } from "../../support/database";
import type { Server } from "../../support/server";

const PATH = "/api/v1/auth/email";
const CONFIRM = { subject: "Confirm your e-mail address" };

const verify = (server: Server, token: string) =>
  apiOf(server)("POST", `${PATH}/verify`, { body: { token } });

test.describe("POST /api/v1/auth/email/verify", () => {
  test("200 verifies the address of a sign-up, once", async ({ member, server, mailbox }) => {
    const token = secretIn(await mailbox.mailTo(member.email, CONFIRM));
    const { status, body, headers } = await verify(server, token);
    expect({ status, body }).toEqual({ status: 200, body: { success: true, data: { email: member.email } } });
    expect(headers.getSetCookie()).toEqual([]);
    const { data } = (await member.api("GET", "/api/v1/auth/me")).body;
    expect(data.email_verified_at).not.toBeNull();
    expect(await verify(server, token)).toMatchObject({ status: 422, body: { errors: [{ path: "token" }] } });
    expect(await eventsOf(server, member.id)).toEqual(["sign_up", "sign_in", "email_verified"]);
  });

  test("422 a link that is too old, a link to reset a password, and what is no secret", async ({
    newMember,
    server,
    mailbox,
  }) => {
    const [late, forgetful] = [await newMember(), await newMember()];
    const old = secretIn(await mailbox.mailTo(late.email, CONFIRM));
    const sql = "update mail_links set expires_at = now() where user_id = $1";
    await query(server.databaseUrl, sql, [late.id]);
    await forgetful.open("POST", "/api/v1/auth/password/forgot", { body: { email: forgetful.email } });
    const reset = secretIn(await mailbox.mailTo(forgetful.email, { subject: "Choose a new password" }));
    for (const token of [old, reset, "", "' or 1=1 --", "x".repeat(201)])
      expect((await verify(server, token)).status).toBe(422);
    const rows = await query(
      server.databaseUrl,
      "select 1 from users where id = any($1) and email_verified_at is null",
      [[late.id, forgetful.id]],
    );
    expect(rows).toHaveLength(2);
  });
});

test.describe("POST /api/v1/auth/email", () => {
  test("202, and the new address is mine once its mail is followed; the old one is told", async ({
    member,
    server,
    mailbox,
  }) => {
    const email = anEmail();
    const body = { email: email.toUpperCase(), password: PASSWORD };
    expect(await member.api("POST", PATH, { body })).toMatchObject({ status: 202, body: "" });
    const token = secretIn(await mailbox.mailTo(email, CONFIRM));
    expect((await member.api("GET", "/api/v1/auth/me")).body.data.email).toBe(member.email);
    expect((await member.signIn()).sessionId).toBeTruthy();
    expect((await verify(server, token)).body.data).toEqual({ email });
    const { data } = (await member.api("GET", "/api/v1/auth/me")).body;
    expect(data).toMatchObject({ email, email_verified_at: expect.any(String) });
    const notice = await mailbox.mailTo(member.email, { subject: "Your e-mail address was changed" });
    expect(notice.text).toContain(email);
    await expect(member.signIn()).rejects.toThrow("401");
    const signIn = { email, password: PASSWORD };
    expect((await apiOf(server)("POST", "/api/v1/auth/signin", { body: signIn })).status).toBe(200);
  });

  test("409 at the link when somebody has the address by then, and 202 before as for any other", async ({
    member,
    server,
    mailbox,
  }) => {
    const taken = await insertMember(server, { password: OTHER_PASSWORD });
    const body = { email: taken.email, password: PASSWORD };
    expect((await member.api("POST", PATH, { body })).status).toBe(202);
    const token = secretIn(await mailbox.mailTo(taken.email, CONFIRM));
    expect(await verify(server, token)).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect((await member.api("GET", "/api/v1/auth/me")).body.data.email).toBe(member.email);
    expect(await eventsOf(server, taken.id)).toEqual([]);
  });

  test("403 a wrong password, or none later than 5 minutes after the sign-in; no mail goes out", async ({
    member,
    server,
    mailbox,
  }) => {
    const email = anEmail();
    const wrong = { email, password: OTHER_PASSWORD };
    expect((await member.api("POST", PATH, { body: wrong })).status).toBe(403);
    const late = await signedInAgo(server, member, 5 * 60 + 1);
    expect((await late("POST", PATH, { body: { email } })).status).toBe(403);
    expect((await late("POST", PATH, { body: { email, password: PASSWORD } })).status).toBe(202);
    await mailbox.mailTo(email, CONFIRM);
    expect(mailbox.messages().filter(({ to }) => to.includes(email))).toHaveLength(1);
  });

  test("202 my own address: a new link for it, which needs no proof and takes the place of the first", async ({
    member,
    server,
    mailbox,
  }) => {
    const first = secretIn(await mailbox.mailTo(member.email, CONFIRM));
    const late = await signedInAgo(server, member, 5 * 60 + 1);
    expect((await late("POST", PATH, { body: { email: member.email } })).status).toBe(202);
    const second = secretIn(await mailbox.mailTo(member.email, CONFIRM));
    expect((await verify(server, first)).status).toBe(422);
    expect((await verify(server, second)).status).toBe(200);
  });

  test("422 what is no address, or says it is verified, and 401 without a token", async ({ member, api }) => {
    const tricks = ["ada", "ada＠example.org", "ada@example.org.", '"ada"@example.org', "ada@example.org\0"];
    for (const email of tricks)
      expect((await member.api("POST", PATH, { body: { email, password: PASSWORD } })).status).toBe(422);
    const verified = { email: anEmail(), email_verified_at: "2026-01-01T00:00:00Z" };
    expect((await member.api("POST", PATH, { body: verified })).status).toBe(422);
    expect((await api("POST", PATH, { body: { email: anEmail() } })).status).toBe(401);
  });
});
