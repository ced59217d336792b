import { setTimeout as sleep } from "node:timers/promises";
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
  withoutHeader,
} from "./breaking";
import type { Breaking } from "./broken-server";

const TASKS = /^\/api\/(v1\/)?tasks$/;
const QUICK = /^\/api\/v1\/tasks\/quick$/;
const TASK = /^\/api\/(v1\/)?tasks\/[\w-]+$/;

/** Tasks, trash, batch and undo, keys and versions. */
export const writes: Record<string, () => Breaking> = {
  "strips ETag": () => withoutHeader("etag"),
  "ignores If-Match": () => deaf("if-match"),
  "takes If-Match: * for a version": () =>
    asking(({ headers }) => {
      if (headers.get("if-match") === "*") headers.set("if-match", '"0"');
      return undefined;
    }),
  "ignores If-None-Match": () => deaf("if-none-match"),
  "answers 304 whatever was written": () =>
    answering((_, { method, headers }) =>
      method === "GET" && headers.has("if-none-match") ? { status: 304, body: bytesOf("") } : undefined,
    ),
  "ignores the version in the body": () => rewriting("PATCH", TASK, ({ version: _, ...rest }) => rest),
  "keeps the current object to itself": () =>
    retelling((content) => Reflect.deleteProperty(content, "current")),
  "loses what others write at the same time": () => {
    const running = new Map<string, number>();
    return async (asked, pass) => {
      if (!is(asked, "PATCH", TASK) || asked.headers.has("if-match")) return pass(asked);
      const { pathname } = asked.url;
      running.set(pathname, (running.get(pathname) ?? 0) + 1);
      await sleep(100);
      const isAlone = running.get(pathname) === 1;
      const { data } = jsonOf(await pass({ ...asked, method: "GET", body: bytesOf("") }));
      if (!isAlone) await sleep(400);
      running.set(pathname, (running.get(pathname) ?? 1) - 1);
      const { description, due_datetime, priority } = data ?? {};
      const stale = { description, due_datetime, priority, ...jsonOf<object>(asked) };
      return pass(isAlone ? asked : { ...asked, body: bytesOf(stale) });
    };
  },

  "does every POST twice": () => async (asked, pass) => {
    if (asked.method === "POST" && !asked.url.pathname.includes("/auth/")) await pass(asked);
    return pass(asked);
  },
  "drops Idempotency-Key": () => deaf("idempotency-key"),
  "does not mark what it repeats": () => withoutHeader("idempotent-replayed"),
  "repeats failures too": () => {
    const failed = new Map<string, Awaited<ReturnType<Breaking>>>();
    return async (asked, pass) => {
      const key = asked.headers.get("idempotency-key");
      const told = (key && failed.get(key)) || (await pass(asked));
      if (key && told.status >= 400) failed.set(key, told);
      return told;
    };
  },
  "knows keys, and not whose": () => {
    const known = new Map<string, Awaited<ReturnType<Breaking>>>();
    return async (asked, pass) => {
      const key = asked.headers.get("idempotency-key");
      const seen = key && known.get(`${key} ${textOf(asked)}`);
      const told = seen || (await pass(asked));
      if (key && told.status < 300) {
        const headers = new Headers(told.headers);
        headers.set("idempotent-replayed", "true");
        known.set(`${key} ${textOf(asked)}`, { ...told, headers });
      }
      return told;
    };
  },

  "removes X-Change-Id": () => withoutHeader("x-change-id"),
  "says where nothing is": () => withoutHeader("location"),
  "answers 200 to DELETE": () =>
    answering(({ status }, { method }) =>
      method === "DELETE" && status === 204 ? { status: 200 } : undefined,
    ),
  "tells times in microseconds": () =>
    answering((told) =>
      told.headers.get("content-type")?.includes("json")
        ? { body: bytesOf(textOf(told).replace(/(T\d\d:\d\d:\d\d\.\d{3})Z/g, "$1000Z")) }
        : undefined,
    ),
  "clears with PUT what is absent": () =>
    rewriting("PUT", TASK, (members) => ({ description: null, due_datetime: null, ...members })),
  "clears nothing": () =>
    rewriting("PATCH", TASK, (members) =>
      Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)),
    ),
  "makes ids of its own": () => rewriting("POST", TASKS, ({ id: _, ...rest }) => rest),
  "puts everything in one place": () =>
    rewriting("POST", TASKS, (members) => ({ position: "a5", ...members })),
  "cuts titles": () =>
    rewriting("POST", TASKS, (members) => ({
      ...members,
      ...(typeof members.title === "string" && { title: members.title.trim().slice(0, 250) || "none" }),
    })),
  "cuts descriptions": () =>
    rewriting("PATCH", TASK, (members) =>
      typeof members.description === "string"
        ? { ...members, description: members.description.slice(0, 40_000) }
        : members,
    ),
  "sorts what is not sorted": () =>
    retelling(({ data }) => data && "is_sorted" in data && Object.assign(data, { is_sorted: true })),
  "finds nothing important": () =>
    retelling(({ data }) => {
      if (data && "important" in data) data.important = false;
    }),
  "knows no days": () => rewriting("PATCH", TASK, ({ due_all_day: _, ...rest }) => rest),
  "does not say when it was completed": () =>
    retelling(({ data }) => data && "completed_at" in data && Object.assign(data, { completed_at: null })),
  "counts no versions": () =>
    retelling(({ data }) => data && "version" in data && Object.assign(data, { version: 1 })),
  "changes something with every write": () =>
    rewriting("PATCH", TASK, (members) => ({ is_completed: true, ...members })),

  "deletes for good at once": () => async (asked, pass) => {
    const told = await pass(asked);
    if (is(asked, "DELETE", TASK) && told.status === 204) {
      const url = new URL(asked.url.pathname.replace(/^\/api\/(v1\/)?tasks/, "/api/v1/trash"), asked.url);
      await pass({ ...asked, url });
    }
    return told;
  },
  "does not empty the trash": () => pretending("DELETE", /^\/api\/v1\/trash\//, 204),
  "restores what it likes": () => pretending("POST", /restore$/, 200, { success: true, data: {} }),
  "knows no atomic batch": () => rewriting("POST", /batch$/, (batch) => ({ ...batch, atomic: false })),
  "does a batch backwards": () =>
    rewriting("POST", /batch$/, (batch) => ({
      ...batch,
      ...(Array.isArray(batch.operations) && { operations: [...batch.operations].reverse() }),
    })),
  "answers long batches with 413": () =>
    answering((_, asked) =>
      is(asked, "POST", /batch$/) && asked.body.length > 3_000 ? { status: 413 } : undefined,
    ),
  "undoes nothing": () => pretending("POST", /undo$/, 200, { success: true, data: { tasks: [] } }),

  "reads lines in another zone": () =>
    rewriting("POST", QUICK, (line) => ({
      ...line,
      ...(line.time_zone === "Europe/Berlin" && { time_zone: "UTC" }),
    })),
  "takes days for moments": () =>
    retelling(({ data }) => data?.parse && Object.assign(data.parse, { due_all_day: false })),
  "means every dry run": () =>
    rewriting("POST", QUICK, (line) => ({ ...line, ...(line.dry_run === true && { dry_run: false }) })),
  "suggests nothing": () =>
    retelling(({ data }) => data?.parse && Object.assign(data.parse, { suggestions: [] })),
  "cuts lines": () =>
    rewriting("POST", QUICK, (line) => ({
      ...line,
      ...(typeof line.text === "string" && { text: [...line.text].slice(0, 255).join("") }),
    })),
  "makes ids of its own for lines": () => rewriting("POST", QUICK, ({ id: _, ...line }) => line),
};
