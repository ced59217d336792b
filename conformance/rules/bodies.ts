import { unknownId } from "../person";
import type { Rule } from "../rule";
import { holds, matches, same } from "../verdict";

const JSON_TYPE = { "content-type": "application/json" };
const KILOBYTE = 1024;

/** What may be sent, and what is told of it. */
export const bodies: Rule[] = [
  {
    id: "ENV-09",
    rule: "413 more than 1 MB, or 64 KB on the endpoints of sign-in, streamed bodies too",
    check: async ({ me, anyone }) => {
      const text = "x".repeat(1100 * KILOBYTE);
      await me.ask("too_large", "POST", "/tasks", { body: { title: text } });
      const body = new Blob([JSON.stringify({ title: text })]).stream();
      await me.ask("too_large", "POST", "/tasks", { body, headers: JSON_TYPE });
      await anyone("too_large", "POST", "/auth/refresh", {
        body: { refresh_token: "x".repeat(70 * KILOBYTE) },
      });
    },
  },
  {
    id: "ENV-10",
    rule: "415 a body that does not say it is JSON",
    check: async ({ me }) => {
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
      ])
        await me.ask("unsupported_media_type", "POST", "/tasks", {
          body: "{}",
          headers: { "content-type": type },
        });
    },
  },
  {
    id: "ENV-11",
    rule: "422 names unknown and read-only members and parameters, and ignores none",
    check: async ({ me }) => {
      const names = ["colour", "user_id", "created_at", "important", "urgent", "completed_at", "deleted_at"];
      const { id, title } = await me.make();
      const unknown = Object.fromEntries(names.map((name) => [name, true]));
      const refused = await me.ask("invalid", "PATCH", `/tasks/${id}`, {
        body: { title: `${title} x`, ...unknown },
      });
      same(refused.body.errors?.map(({ path }) => path).sort(), names.sort(), "errors[].path");
      await me.ask("invalid", "PATCH", `/tasks/${id}`, { body: { title: `${title} x`, colour: "red" } });
      const { body } = await me.ask("invalid", "GET", "/tasks?colour=red");
      same(
        body.errors?.map(({ path }) => path),
        ["colour"],
        "errors[].path",
      );
      same((await me.get(id)).version, 1, "The version of the task after all that");
    },
  },
  {
    id: "ENV-12",
    rule: "422 tells every fault with its path, a code and a message",
    check: async ({ me }) => {
      const { body } = await me.ask("invalid", "POST", "/tasks", {
        body: { title: "", priority: "high", is_completed: 1 },
      });
      const paths = body.errors?.map(({ path }) => path).sort();
      same(paths, ["is_completed", "priority", "title"], "errors[].path");
      for (const { code, message } of body.errors ?? [])
        holds(Boolean(code && message), "Each has a code and a message");
    },
  },
  {
    id: "ENV-13",
    rule: "422 NUL in a string",
    check: async ({ me }) => {
      const { body } = await me.ask("invalid", "POST", "/tasks", { body: { title: "a\u0000b" } });
      same(body.errors?.[0]?.path, "title", "errors[0].path");
    },
  },
  {
    id: "ENV-14",
    rule: "No authenticated answer may be kept: no-store, or private, no-cache with an ETag",
    check: async ({ me }) => {
      const { id } = await me.make();
      for (const path of [
        "/tasks?limit=1",
        `/tasks/${id}`,
        "/auth/me",
        "/auth/sessions",
        `/tasks/${unknownId()}`,
      ]) {
        const { asked, headers } = await me.ask(undefined, "GET", path);
        const wanted = headers.get("etag") ? /no-store|private, no-cache/ : /no-store/;
        matches(headers.get("cache-control"), wanted, `Cache-Control of ${asked}`);
      }
    },
  },
  {
    id: "ENV-15",
    rule: "No page of an unknown origin may read an answer, and none ever with credentials",
    check: async ({ me }) => {
      for (const origin of ["https://conformance.invalid", "null"]) {
        const { headers } = await me.ask(200, "GET", "/tasks?limit=1", { headers: { origin } });
        same(headers.get("access-control-allow-origin"), null, "Access-Control-Allow-Origin");
        same(headers.get("access-control-allow-credentials"), null, "Access-Control-Allow-Credentials");
      }
    },
  },
];
