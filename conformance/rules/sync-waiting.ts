import { setTimeout as sleep } from "node:timers/promises";
import type { Rule } from "../rule";
import { holds, Skip, same } from "../verdict";

const SOON_MS = 2_500;

export const syncWaiting: Rule[] = [
  {
    id: "SYNC-10",
    rule: "304 by ETag while nothing is written, 200 as soon as something is",
    check: async ({ me }) => {
      const path = `/sync?token=${await me.now()}`;
      const { headers } = await me.ask(200, "GET", path);
      const known = { headers: { "if-none-match": headers.get("etag") ?? "none" } };
      same((await me.ask(304, "GET", path, known)).text, "", "The body of a 304");
      const { id } = await me.make();
      const { body } = await me.ask(200, "GET", path, known);
      same(
        body.data?.changes.map(({ entity_id }) => entity_id),
        [id],
        "What has changed",
      );
    },
  },
  {
    id: "SYNC-11",
    rule: "wait holds the answer back until something is written",
    check: async ({ me }) => {
      const token = await me.now();
      let answeredAt = 0;
      const waiting = me.sync({ token, wait: 10 }).then((page) => {
        answeredAt = performance.now();
        return page;
      });
      await sleep(700);
      if (answeredAt > 0) throw new Skip("this instance does not let anybody wait");
      const writtenAt = performance.now();
      const { id } = await me.make();
      const { changes } = await waiting;
      same(
        changes.map(({ entity_id }) => entity_id),
        [id],
        "What has changed",
      );
      holds(
        answeredAt - writtenAt < SOON_MS,
        `It is answered within ${SOON_MS} ms of the write`,
        answeredAt - writtenAt,
      );
    },
  },
  {
    id: "SYNC-12",
    rule: "wait ends with nothing when nothing is written, and the token stays good",
    check: async ({ me }) => {
      const token = await me.now();
      const page = await me.sync({ token, wait: 1 });
      same([page.changes, page.has_more], [[], false], "changes and has_more");
      const { id } = await me.make();
      const { changes } = await me.since(page.next_token);
      same(
        changes.map(({ entity_id }) => entity_id),
        [id],
        "What has changed after that",
      );
    },
  },
  {
    id: "SYNC-13",
    rule: "A write that changes nothing, or fails, is no change",
    check: async ({ me }) => {
      const { id, title } = await me.make();
      const token = await me.now();
      await me.ask(200, "PATCH", `/tasks/${id}`, { body: { title } });
      await me.ask("invalid", "PATCH", `/tasks/${id}`, { body: { title: "" } });
      await me.ask("precondition_failed", "DELETE", `/tasks/${id}`, { headers: { "if-match": '"9"' } });
      same((await me.since(token)).changes, [], "The changes");
    },
  },
  {
    id: "SYNC-14",
    rule: "422 another user's token, or one that is none; nobody sees another's changes",
    check: async ({ me, guest }) => {
      for (const token of ["x", "W10"]) await me.ask("invalid", "GET", `/sync?token=${token}`);
      const other = await guest();
      const [mine, theirs] = [await me.now(), await other.now()];
      await other.ask("invalid", "GET", `/sync?token=${mine}`);
      await me.make();
      same((await other.since(theirs)).changes, [], "The changes that somebody else sees");
    },
  },
];
