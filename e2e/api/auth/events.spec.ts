import { type Api, apiOf, expect } from "../../fixtures";
import { TIMESTAMP, UUID } from "../../support/account-shapes";
import {
  anEmail,
  OTHER_PASSWORD,
  PASSWORD,
  patiently,
  refreshWith,
  secretIn,
  test,
} from "../../support/accounts";
import { query } from "../../support/database";

const PATH = "/api/v1/auth/events";

const kindsOf = async (api: Api, search = "") =>
  (await api("GET", PATH + search)).body.data.events.map(({ kind }) => kind);

test.describe("GET /api/v1/auth/events", () => {
  test("200 what happened, where and on which device, the newest first", async ({ server }) => {
    const headers = {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    };
    const here = apiOf(server, { address: "203.0.113.77" });
    const account = { email: anEmail(), password: PASSWORD };
    const { data } = (await here("POST", "/api/v1/auth/signup", { body: account, headers })).body;
    const own = apiOf(server, { token: data.access_token });
    const { status, body } = await own("GET", PATH);
    const each = {
      id: expect.stringMatching(UUID),
      at: expect.stringMatching(TIMESTAMP),
      device: "Firefox on Linux",
      address_prefix: "203.0.113.0/24",
      detail: { method: "password" },
    };
    expect({ status, data: body.data }).toEqual({
      status: 200,
      data: {
        events: [
          { ...each, kind: "sign_in", session_id: data.session_id },
          { ...each, kind: "sign_up", session_id: null },
        ],
        next_cursor: null,
      },
    });
  });

  test("200 each thing that I do leaves its event", async ({ member, server, mailbox }) => {
    const { open, api } = member;
    const phone = await member.signIn();
    await patiently(() =>
      open("POST", "/api/v1/auth/signin", { body: { email: member.email, password: OTHER_PASSWORD } }),
    );
    const failed = () => kindsOf(api).then(([newest]) => newest);
    await expect.poll(failed).toBe("sign_in_failed");
    await api("DELETE", `/api/v1/auth/sessions/${phone.sessionId}`);
    const verify = async (to: string) => {
      const token = secretIn(await mailbox.mailTo(to, { subject: "Confirm your e-mail address" }));
      await open("POST", "/api/v1/auth/email/verify", { body: { token } });
    };
    await verify(member.email);
    const email = anEmail();
    await api("POST", "/api/v1/auth/email", { body: { email, password: PASSWORD } });
    await verify(email);
    const change = { current_password: PASSWORD, new_password: OTHER_PASSWORD };
    await api("POST", "/api/v1/auth/password", { body: change });
    await open("POST", "/api/v1/auth/password/forgot", { body: { email } });
    const token = secretIn(await mailbox.mailTo(email, { subject: "Choose a new password" }));
    await open("POST", "/api/v1/auth/password/reset", { body: { token, password: PASSWORD } });
    const again = await open("POST", "/api/v1/auth/signin", { body: { email, password: PASSWORD } });
    const own = apiOf(server, { token: again.body.data.access_token });
    const { refresh_token, session_id } = again.body.data;
    await own("POST", "/api/v1/auth/signout", { body: { scope: "others" } });
    await refreshWith(open, refresh_token);
    const sql = "update sessions set rotated_at = rotated_at - interval '31 s' where id = $1";
    await query(server.databaseUrl, sql, [session_id]);
    await refreshWith(open, refresh_token);
    const last = await open("POST", "/api/v1/auth/signin", { body: { email, password: PASSWORD } });
    const reader = apiOf(server, { token: last.body.data.access_token });
    expect((await kindsOf(reader)).reverse()).toEqual([
      ...["sign_up", "sign_in", "sign_in", "sign_in_failed", "session_ended", "email_verified"],
      ...["email_change_requested", "email_changed", "password_changed", "password_reset_requested"],
      ...["password_reset", "sign_in", "refresh_reuse", "sign_in"],
    ]);
    const text = JSON.stringify((await reader("GET", PATH)).body);
    for (const secret of [PASSWORD, OTHER_PASSWORD, token, refresh_token, email, member.email])
      expect(text).not.toContain(secret);
  });

  test("200 page by page, each event once", async ({ member, server }) => {
    await query(
      server.databaseUrl,
      `insert into security_events (id, user_id, kind)
       select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'sign_out'
       from generate_series(1, 5) n`,
      [member.id],
    );
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await member.api("GET", `${PATH}?limit=3${cursor && `&cursor=${cursor}`}`);
      expect(body.data.events.length).toBeLessThanOrEqual(3);
      seen.push(...body.data.events.map(({ id }) => id));
      cursor = body.data.next_cursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(7);
  });

  test("T-42 200 nothing of another user, whatever cursor is given", async ({ member, newMember }) => {
    const other = await newMember();
    const { events } = (await other.api("GET", PATH)).body.data;
    const mine = (await member.api("GET", `${PATH}?cursor=ffffffff-ffff-7fff-bfff-ffffffffffff`)).body.data;
    expect(mine.events).toHaveLength(2);
    const ids = new Set(events.map(({ id }) => id));
    expect(mine.events.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  test("422 a limit or a cursor that is none, and another user's name", async ({ member }) => {
    for (const search of ["limit=0", "limit=101", "limit=x", "cursor=x", `user_id=${member.id}`])
      expect((await member.api("GET", `${PATH}?${search}`)).status, search).toBe(422);
  });
});
