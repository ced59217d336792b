import type { Ask } from "../client";
import type { Rule } from "../rule";
import { holds, matches, same } from "../verdict";

const refresh = async (ask: Ask, refresh_token: string) =>
  (await ask(200, "POST", "/auth/refresh", { body: { refresh_token } })).body.data;

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

export const sessions: Rule[] = [
  {
    id: "AUTH-10",
    rule: "A refresh token is traded for the next pair, of the same session",
    check: async ({ anyone, device }) => {
      const { id, refreshToken } = await device("traded");
      const next = await refresh(anyone, refreshToken);
      same(next.session_id, id, "session_id");
      holds(next.refresh_token !== refreshToken, "The refresh token is another one");
      matches(next.refresh_token, /^ff_rt_/, "refresh_token");
      await anyone(200, "GET", "/auth/me", bearer(next.access_token));
    },
  },
  {
    id: "AUTH-11",
    rule: "Traded several times at once, or again within 30 s, a refresh token gives the same successor",
    check: async ({ anyone, device }) => {
      const { refreshToken } = await device("traded");
      const trade = () => refresh(anyone, refreshToken);
      const pairs = [...(await Promise.all([trade(), trade(), trade()])), await trade()];
      same(new Set(pairs.map(({ refresh_token }) => refresh_token)).size, 1, "Different refresh tokens");
      for (const { access_token } of pairs) await anyone(200, "GET", "/auth/me", bearer(access_token));
    },
  },
  {
    id: "AUTH-12",
    rule: "A refresh token that was used up before ends its whole family, and no other session",
    check: async ({ me, anyone, device }) => {
      const { refreshToken } = await device("traded");
      const second = await refresh(anyone, refreshToken);
      const third = await refresh(anyone, second.refresh_token);
      for (const token of [refreshToken, third.refresh_token])
        await anyone("unauthenticated", "POST", "/auth/refresh", { body: { refresh_token: token } });
      for (const path of ["/auth/me", "/tasks?limit=1"])
        await anyone("unauthenticated", "GET", path, bearer(third.access_token));
      await me.ask(200, "GET", "/auth/me");
    },
  },
  {
    id: "AUTH-13",
    rule: "401 a refresh token that is none",
    check: async ({ me, anyone }) => {
      const { refresh_token, access_token } = me.signedIn.body.data;
      for (const token of ["", "x", access_token, `${refresh_token.slice(0, -3)}AAA`])
        await anyone("unauthenticated", "POST", "/auth/refresh", { body: { refresh_token: token } });
    },
  },
  {
    id: "AUTH-14",
    rule: "Sign-out answers {success, message} and ends this session at once, and no other",
    check: async ({ me, anyone, device }) => {
      const { ask, refreshToken, signedIn } = await device("first");
      const { body } = await ask(200, "POST", "/auth/signout", { body: {} });
      same([body.success, typeof body.message], [true, "string"], "success, and the kind of message");
      await ask("unauthenticated", "GET", "/tasks?limit=1");
      await anyone("unauthenticated", "POST", "/auth/refresh", { body: { refresh_token: refreshToken } });
      const { token } = signedIn.body.data;
      if (token) await anyone("unauthenticated", "GET", "/auth/me", bearer(token));
      await me.ask(200, "GET", "/auth/me");
    },
  },
  {
    id: "AUTH-15",
    rule: "One session can be ended from another",
    check: async ({ me, device, guest }) => {
      const { id, ask } = await device("ended");
      await ask(200, "GET", "/tasks?limit=1");
      await (await guest()).ask("not_found", "DELETE", `/auth/sessions/${id}`);
      await me.ask(204, "DELETE", `/auth/sessions/${id}`);
      await ask("unauthenticated", "GET", "/tasks?limit=1");
      const { sessions } = (await me.ask(200, "GET", "/auth/sessions")).body.data;
      holds(!sessions.some((session) => session.id === id), "The session is no longer listed");
    },
  },
  {
    id: "AUTH-18",
    rule: "Sign-out needs no body, as older clients call it",
    check: async ({ device }) => {
      const { ask } = await device("bare");
      await ask(200, "POST", "/auth/signout");
    },
  },
  {
    id: "AUTH-16",
    rule: "Sign-out of others leaves this session, sign-out of all ends it too",
    check: async ({ anyone, guest }) => {
      const { ask, email, password } = await guest();
      const { data } = (await anyone(200, "POST", "/auth/signin", { body: { email, password } })).body;
      await ask(200, "POST", "/auth/signout", { body: { scope: "others" } });
      await anyone("unauthenticated", "GET", "/auth/me", bearer(data.access_token));
      await ask(200, "GET", "/auth/me");
      const again = (await anyone(200, "POST", "/auth/signin", { body: { email, password } })).body.data;
      await anyone(200, "POST", "/auth/signout", { ...bearer(again.access_token), body: { scope: "all" } });
      await ask("unauthenticated", "GET", "/auth/me");
    },
  },
];
