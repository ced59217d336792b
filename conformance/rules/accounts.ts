import type { Rule } from "../rule";
import { holds, matches, same } from "../verdict";

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString() || "{}");

const CLAIMS = "aud auth_time email exp iat iss jti name scope sid sub user_id";
const SECRETS = /"[^"]*(token|hash|password|generation)[^"]*":"|ff_rt_/;

export const accounts: Rule[] = [
  {
    id: "AUTH-01",
    rule: "Sign-in answers the account, an access token, a refresh token and the session, and sets no cookie",
    check: async ({ me }) => {
      const { data } = me.signedIn.body;
      for (const name of ["user_id", "created_at", "updated_at", "access_token", "session_id"] as const)
        holds(typeof data[name] === "string", `data.${name} is a string`, data[name]);
      same(
        [data.email, data.is_active, data.token_type],
        [me.email.toLowerCase(), true, "Bearer"],
        "The account",
      );
      holds(data.expires_in > 0 && data.expires_in <= 300, "expires_in is at most 300", data.expires_in);
      matches(data.refresh_token, /^ff_rt_/, "refresh_token");
      same(me.signedIn.headers.get("set-cookie"), null, "Set-Cookie");
    },
  },
  {
    id: "AUTH-02",
    rule: "The access token is signed, lives 5 minutes and names the user, as older clients read it",
    check: async ({ me }) => {
      const { access_token, user_id, email, session_id } = me.signedIn.body.data;
      const claims = claimsOf(access_token);
      same(Object.keys(claims).sort().join(" "), CLAIMS, "The claims");
      same(
        [claims.sub, claims.user_id, claims.email, claims.sid],
        [user_id, user_id, email, session_id],
        "Who it is of",
      );
      same(Number(claims.exp) - Number(claims.iat), 300, "exp - iat");
      matches(access_token, /^[\w-]+\.[\w-]+\.[\w-]{20,}$/, "access_token");
    },
  },
  {
    id: "AUTH-03",
    rule: "token, where it is given, is the same for 24 hours",
    check: async ({ me, anyone }) => {
      const { token } = me.signedIn.body.data;
      if (token === undefined) return;
      const { exp, iat, sub } = claimsOf(token);
      same([Number(exp) - Number(iat), sub], [24 * 60 * 60, me.userId], "exp - iat, and sub");
      await anyone(200, "GET", "/tasks?limit=1", { headers: { authorization: `Bearer ${token}` } });
    },
  },
  {
    id: "AUTH-04",
    rule: "401 for a wrong password and for an unknown address, with the same body",
    check: async ({ me, mark, anyone }) => {
      const bodies = [];
      for (const email of [me.email, `${mark}@example.org`]) {
        const body = { email, password: `${mark} is not it` };
        const answer = await anyone("unauthenticated", "POST", "/auth/signin", { body });
        bodies.push({ ...answer.body, request_id: "" });
      }
      same(bodies[1], bodies[0], "The body for an unknown address");
    },
  },
  {
    id: "AUTH-05",
    rule: "Sign-up is 201 with the same data as sign-in, and 409 for an address that is known",
    check: async ({ me, guest, anyone }) => {
      const { signedIn, email, password } = await guest();
      same(
        Object.keys(signedIn.body.data).sort(),
        Object.keys(me.signedIn.body.data).sort(),
        "The members of data",
      );
      await anyone("conflict", "POST", "/auth/signup", { body: { email: email.toUpperCase(), password } });
    },
  },
  {
    id: "AUTH-06",
    rule: "A cookie authenticates nobody",
    check: async ({ me, anyone }) => {
      const token = await me.token();
      for (const name of [
        "token",
        "access_token",
        "session",
        "authjs.session-token",
        "__Secure-authjs.session-token",
      ])
        await anyone("unauthenticated", "GET", "/tasks", { headers: { cookie: `${name}=${token}` } });
    },
  },
  {
    id: "AUTH-07",
    rule: "The profile says who I am; name and preferences can be changed, each by itself",
    check: async ({ me, guest }) => {
      same((await me.ask(200, "GET", "/auth/me")).body.data.user_id, me.userId, "user_id");
      const other = await guest();
      const body = { preferences: { week_start: "sunday" } };
      const before = (await other.ask(200, "GET", "/auth/me")).body.data;
      const { data } = (await other.ask(200, "PATCH", "/auth/me", { body })).body;
      same(data.preferences, { ...before.preferences, week_start: "sunday" }, "The preferences");
      same(data.name, before.name, "The name");
      await other.ask("invalid", "PATCH", "/auth/me", { body: { email: "x@example.org" } });
    },
  },
  {
    id: "AUTH-08",
    rule: "Sessions are listed, one for each sign-in, the current one marked, without anything secret",
    check: async ({ me, device }) => {
      const { id } = await device("first");
      const { body, text } = await me.ask(200, "GET", "/auth/sessions");
      const current = body.data.sessions.filter(({ is_current }) => is_current).map(({ id }) => id);
      same(current, [me.sessionId], "The current session");
      holds(
        body.data.sessions.some((session) => session.id === id),
        "The other session is listed",
      );
      holds(!SECRETS.test(text), "Nothing secret is shown");
    },
  },
  {
    id: "AUTH-09",
    rule: "Security events are listed, the sign-in too; so are linked accounts",
    check: async ({ me }) => {
      const { body, text } = await me.ask(200, "GET", "/auth/events");
      const own = body.data.events.filter(({ session_id }) => session_id === me.sessionId);
      holds(
        own.some(({ kind }) => kind === "sign_in"),
        "The events have this sign-in",
        own,
      );
      holds(!SECRETS.test(text), "Nothing secret is shown");
      same(
        Array.isArray((await me.ask(200, "GET", "/auth/accounts")).body.data.accounts),
        true,
        "accounts is a list",
      );
    },
  },
];
