import {
  answering,
  asking,
  bytesOf,
  deaf,
  is,
  jsonOf,
  pretending,
  retelling,
  rewriting,
  textOf,
  withHeader,
  withoutHeader,
  withStatus,
} from "./breaking";
import type { Breaking } from "./broken-server";

/** What every answer has, accounts and sessions, and the paths beside v1. */
export const manners: Record<string, () => Breaking> = {
  "sends problems as plain JSON": () =>
    answering(({ headers }) => {
      if (headers.get("content-type")?.includes("problem")) headers.set("content-type", "application/json");
      return undefined;
    }),
  "answers without an envelope": () => retelling((content) => Reflect.deleteProperty(content, "success")),
  "says 403 where nothing is": () => withStatus(404, 403),
  "says 500 where the client is wrong": () => withStatus(400, 500),
  "says 400 for what is invalid": () => withStatus(422, 400),
  "does not say what is invalid": () => retelling((content) => Reflect.deleteProperty(content, "errors")),
  "ignores unknown members": () =>
    asking((asked) => {
      const { colour: _, user_id: __, ...rest } = jsonOf<Record<string, unknown>>(asked);
      return textOf(asked).includes('"colour"') ? { body: bytesOf(rest) } : undefined;
    }),
  "takes every kind of body": () =>
    asking(({ headers }) => void headers.set("content-type", "application/json")),
  "cuts long bodies": () =>
    asking(({ body }) => (body.length > 60_000 ? { body: bytesOf('{"title":""}') } : undefined)),
  "drops NUL": () =>
    asking((asked) =>
      textOf(asked).includes("\\u0000")
        ? { body: bytesOf(textOf(asked).replaceAll("\\u0000", "")) }
        : undefined,
    ),
  "gives every request an id of its own": () => deaf("x-request-id"),
  "believes every request id": () =>
    answering(({ headers }, asked) => {
      const id = asked.headers.get("x-request-id");
      if (id) headers.set("x-request-id", id);
      return undefined;
    }),
  "does not ask for a token": () => withoutHeader("www-authenticate"),
  "lets answers be kept": () => withHeader("cache-control", "public, max-age=60"),
  "does not name what is allowed": () => withoutHeader("allow"),
  "lets every page read along": () =>
    answering(({ headers }, asked) => {
      headers.set("access-control-allow-origin", asked.headers.get("origin") ?? "*");
      headers.set("access-control-allow-credentials", "true");
      return undefined;
    }),

  "takes a refresh token twice": () => {
    const known = new Map<string, Awaited<ReturnType<Breaking>>>();
    return async (asked, pass) => {
      if (!is(asked, "POST", /refresh$/)) return pass(asked);
      const told = known.get(textOf(asked)) ?? (await pass(asked));
      known.set(textOf(asked), told);
      return told;
    };
  },
  "gives everybody another refresh token": () =>
    retelling(({ data }, asked) => {
      if (is(asked, "POST", /refresh$/) && data) data.refresh_token += Math.random();
    }),
  "takes any refresh token": () =>
    answering(({ status }, asked) =>
      is(asked, "POST", /refresh$/) && status === 401 ? { status: 200 } : undefined,
    ),
  "trades a refresh token for itself": () =>
    retelling(({ data }, asked) => {
      if (is(asked, "POST", /refresh$/) && data) data.refresh_token = JSON.parse(textOf(asked)).refresh_token;
    }),
  "wants a body to sign out": () => async (asked, pass) =>
    is(asked, "POST", /signout$/) && asked.body.length === 0
      ? pass({ ...asked, body: bytesOf("x"), headers: withoutType(asked.headers) })
      : pass(asked),
  "makes tokens of its own kind": () => {
    const real = new Map<string, string>();
    const tell = retelling(({ data }) => {
      for (const name of ["access_token", "token"] as const) {
        const token = data?.[name];
        if (!token) continue;
        data[name] = retold(token);
        real.set(data[name], token);
      }
    });
    return (asked, pass) => {
      const token = asked.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      if (real.has(token)) asked.headers.set("authorization", `Bearer ${real.get(token)}`);
      return tell(asked, pass);
    };
  },
  "remembers no events": () =>
    retelling(({ data }) => {
      if (data?.events) data.events = [];
    }),
  "signs nobody out": () => pretending("POST", /signout$/, 200, { success: true, message: "Signed out." }),
  "ends no session": () => pretending("DELETE", /\/auth\/sessions\//, 204),
  "deletes no account": () => pretending("DELETE", /\/auth\/me$/, 204),
  "sets a cookie": () => withHeader("set-cookie", "session=1; Path=/"),
  "believes cookies": () =>
    asking(({ headers }) => {
      const token = /=([\w-]+\.[\w-]+\.[\w-]+)/.exec(headers.get("cookie") ?? "")?.[1];
      if (token) headers.set("authorization", `Bearer ${token}`);
      return undefined;
    }),
  "says who has no account": () =>
    retelling((content, asked) => {
      if (is(asked, "POST", /signin$/) && /"email":"conformance/.test(textOf(asked)))
        content.detail += " Nobody has it.";
    }),
  "lets people sign up twice": () => withStatus(409, 201),
  "gives tokens for an hour": () =>
    retelling(({ data }) => {
      if (data?.access_token) data.expires_in = 3_600;
    }),
  "shows tokens of devices": () =>
    retelling(({ data }) => {
      for (const shown of [...(data?.sessions ?? []), ...(data?.events ?? [])])
        Object.assign(shown, { refresh_token: "ff_rt_x" });
    }),
  "forgets preferences": () => rewriting("PATCH", /\/auth\/me$/, ({ preferences: _, ...rest }) => rest),
  "exports passwords": () =>
    retelling(({ data }) => data?.user && Object.assign(data.user, { password: "x" })),
  "exports all but one": () => retelling(({ data }) => data?.trash && data.tasks.pop()),

  "is well in words of its own": () => pretending("GET", /^\/health\/\w+/, 200, { status: "ok" }),
  "answers health in an envelope": () => pretending("GET", /^\/health$/, 200, { success: true, data: {} }),
  "deprecates nothing": () => withoutHeader("deprecation"),
  "is as strict as v1 on the older paths": () =>
    asking(({ url }) => ({
      url: new URL(url.pathname.replace(/^\/api\/tasks/, "/api/v1/tasks") + url.search, url),
    })),
};

function withoutType(headers: Headers): Headers {
  const left = new Headers(headers);
  left.delete("content-type");
  return left;
}

/** The token without the e-mail address, and a second longer. */
function retold(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const { email: _, exp, ...claims } = JSON.parse(Buffer.from(payload, "base64url").toString());
  const told = Buffer.from(JSON.stringify({ ...claims, exp: exp + 1 })).toString("base64url");
  return [header, told, signature].join(".");
}
