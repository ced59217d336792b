import type { Answer } from "../client";
import type { Rule } from "../rule";
import { holds, same } from "../verdict";

const etagOf = ({ headers }: Answer) => headers.get("etag") ?? "none";
const ifMatch = (tag: string) => ({ "if-match": tag });

export const matching: Rule[] = [
  {
    id: "MATCH-01",
    rule: "304 without a body when the ETag is the one that is known, 200 when it is not",
    check: async ({ me }) => {
      const { id } = await me.make();
      const known = etagOf(await me.ask(200, "GET", `/tasks/${id}`));
      const conditional = { headers: { "if-none-match": known } };
      same((await me.ask(304, "GET", `/tasks/${id}`, conditional)).text, "", "The body of a 304");
      await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "x" } });
      const { body } = await me.ask(200, "GET", `/tasks/${id}`, conditional);
      same(body.data?.description, "x", "The description");
    },
  },
  {
    id: "MATCH-02",
    rule: "A write answers the ETag of what it wrote, and that one may be written over",
    check: async ({ me }) => {
      const { id } = await me.make();
      let tag = '"1"';
      for (const description of ["a", "b"]) {
        const answer = await me.ask(200, "PATCH", `/tasks/${id}`, {
          body: { description },
          headers: ifMatch(tag),
        });
        holds(etagOf(answer) !== tag, "The ETag changes with the write", tag);
        tag = etagOf(answer);
      }
      same(etagOf(await me.ask(200, "GET", `/tasks/${id}`)), tag, "The ETag of the task");
    },
  },
  {
    id: "MATCH-03",
    rule: "412 a stale If-Match, with the current object, and nothing is written",
    check: async ({ me }) => {
      const { id } = await me.make();
      await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "theirs" } });
      const stale = { body: { description: "mine" }, headers: ifMatch('"1"') };
      for (const method of ["PATCH", "PUT"]) {
        const { body } = await me.ask("precondition_failed", method, `/tasks/${id}`, stale);
        same([body.current?.version, body.current?.description], [2, "theirs"], "current");
      }
      same((await me.get(id)).description, "theirs", "The description");
    },
  },
  {
    id: "MATCH-04",
    rule: "If-Match: * takes any version",
    check: async ({ me }) => {
      const { id } = await me.make();
      await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "x" }, headers: ifMatch("*") });
    },
  },
  {
    id: "MATCH-05",
    rule: "version in the body does what If-Match does; both and different is 422",
    check: async ({ me }) => {
      const path = `/tasks/${(await me.make()).id}`;
      await me.ask(200, "PATCH", path, { body: { description: "a", version: 1 } });
      await me.ask("precondition_failed", "PATCH", path, { body: { description: "b", version: 1 } });
      await me.ask("invalid", "PATCH", path, {
        body: { description: "b", version: 2 },
        headers: ifMatch('"1"'),
      });
      await me.ask(200, "PATCH", path, { body: { description: "b", version: 2 }, headers: ifMatch('"2"') });
    },
  },
  {
    id: "MATCH-06",
    rule: "Of parallel writers with the same If-Match exactly one wins",
    check: async ({ me }) => {
      const { id } = await me.make();
      const write = (description: string) =>
        me.ask(undefined, "PATCH", `/tasks/${id}`, { body: { description }, headers: ifMatch('"1"') });
      const answers = await Promise.all(["a", "b", "c"].map(write));
      same(answers.map(({ status }) => status).sort(), [200, 412, 412], "The statuses");
      const won = answers.find(({ status }) => status === 200)?.body.data;
      for (const { status, body } of answers)
        if (status === 412) same(body.current, won, "current of those who lost");
      same(await me.get(id), won, "The task");
    },
  },
  {
    id: "MATCH-07",
    rule: "Parallel writers without If-Match are all written, one after the other",
    check: async ({ me }) => {
      const { id } = await me.make();
      const changes = [
        { description: "x" },
        { due_datetime: "2026-03-01T10:00:00Z" },
        { priority: "urgent_important" },
      ];
      await Promise.all(changes.map((body) => me.ask(200, "PATCH", `/tasks/${id}`, { body })));
      const { version, description, due_datetime, priority } = await me.get(id);
      const wanted = [4, "x", "2026-03-01T10:00:00.000Z", "urgent_important"];
      same([version, description, due_datetime, priority], wanted, "version and fields");
    },
  },
  {
    id: "MATCH-08",
    rule: "Complete, delete and restore honour If-Match too",
    check: async ({ me }) => {
      const path = `/tasks/${(await me.make()).id}`;
      const [stale, body] = [ifMatch('"9"'), { completed: true }];
      await me.ask("precondition_failed", "PATCH", `${path}/complete`, { body, headers: stale });
      await me.ask("precondition_failed", "DELETE", path, { headers: stale });
      await me.ask(204, "DELETE", path, { headers: ifMatch('"1"') });
      const { body: refused } = await me.ask("precondition_failed", "POST", `${path}/restore`, {
        headers: stale,
      });
      same(refused.current?.version, 2, "The version of current");
      await me.ask(200, "POST", `${path}/restore`, { headers: ifMatch('"2"') });
    },
  },
];
