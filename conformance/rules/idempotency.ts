import type { Answer } from "../client";
import { word } from "../person";
import type { Rule } from "../rule";
import { same } from "../verdict";

const isReplay = ({ headers }: Answer) => headers.get("idempotent-replayed") === "true";
const keyed = (key: string, body?: unknown) => ({ body, headers: { "idempotency-key": key } });

export const idempotency: Rule[] = [
  {
    id: "IDEM-01",
    rule: "The same request with the same key gets the first answer again, and does nothing",
    check: async ({ me, mark }) => {
      const [key, name] = [word(), word()];
      const send = () => me.ask(201, "POST", "/tasks", keyed(key, { title: `${mark} ${name}` }));
      const [first, again] = [await send(), await send()];
      same(again.body, first.body, "The second answer");
      same(
        again.headers.get("x-change-id"),
        first.headers.get("x-change-id"),
        "X-Change-Id of the second answer",
      );
      same((await me.list({ q: name })).total_count, 1, "Tasks made");
    },
  },
  {
    id: "IDEM-02",
    rule: "Idempotent-Replayed: true marks a repeated answer, and no other",
    check: async ({ me, mark }) => {
      const key = word();
      const send = () => me.ask(201, "POST", "/tasks", keyed(key, { title: `${mark} marked` }));
      same(
        [isReplay(await send()), isReplay(await send())],
        [false, true],
        "Idempotent-Replayed of both answers",
      );
    },
  },
  {
    id: "IDEM-03",
    rule: "422 the same key with another body",
    check: async ({ me, mark }) => {
      const [key, name] = [word(), word()];
      await me.ask(201, "POST", "/tasks", keyed(key, { title: `${mark} ${name}` }));
      await me.ask(
        "idempotency_key_reused",
        "POST",
        "/tasks",
        keyed(key, { title: `${mark} ${name} other` }),
      );
      same((await me.list({ q: name })).total_count, 1, "Tasks made");
    },
  },
  {
    id: "IDEM-04",
    rule: "Of requests with one key at the same time one is done, and the others wait and repeat its answer",
    check: async ({ me, mark }) => {
      const [key, name] = [word(), word()];
      const send = () => me.ask(201, "POST", "/tasks", keyed(key, { title: `${mark} ${name}` }));
      const answers = await Promise.all(Array.from({ length: 4 }, send));
      same(new Set(answers.map(({ body }) => body.data.id)).size, 1, "Different ids in the answers");
      same(answers.filter(isReplay).length, answers.length - 1, "Answers that are marked as repeated");
      same((await me.list({ q: name })).total_count, 1, "Tasks made");
    },
  },
  {
    id: "IDEM-05",
    rule: "A failed attempt frees its key",
    check: async ({ me, mark }) => {
      const key = word();
      await me.ask("invalid", "POST", "/tasks", keyed(key, { title: "" }));
      const { body } = await me.ask(201, "POST", "/tasks", keyed(key, { title: `${mark} freed` }));
      const path = `/tasks/${body.data.id}`;
      const headers = { "if-match": '"9"', "idempotency-key": `${key}2` };
      await me.ask("precondition_failed", "PATCH", path, { body: { description: "x" }, headers });
      await me.ask(200, "PATCH", path, keyed(`${key}2`, { description: "y" }));
    },
  },
  {
    id: "IDEM-06",
    rule: "PATCH honours the key: sent twice it is written once",
    check: async ({ me }) => {
      const { id } = await me.make();
      const key = word();
      const send = () => me.ask(200, "PATCH", `/tasks/${id}`, keyed(key, { description: "once" }));
      const first = await send();
      await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "later" } });
      const again = await send();
      same([isReplay(again), again.body], [true, first.body], "Whether it is marked, and the answer");
      const { version, description } = await me.get(id);
      same([version, description], [3, "later"], "The task's version and description");
    },
  },
  {
    id: "IDEM-07",
    rule: "Complete, restore, undo and batch honour the key too",
    check: async ({ me, mark }) => {
      const task = await me.make();
      const path = `/tasks/${task.id}`;
      const twice = async (method: string, to: string, body?: unknown) => {
        const key = word();
        const [first, again] = [
          await me.ask(200, method, to, keyed(key, body)),
          await me.ask(200, method, to, keyed(key, body)),
        ];
        same([isReplay(again), again.body], [true, first.body], `The second answer to ${again.asked}`);
        return first.headers.get("x-change-id");
      };
      const change = await twice("PATCH", `${path}/complete`, { completed: true });
      await twice("POST", `/changes/${change}/undo`);
      await me.ask(204, "DELETE", path);
      await twice("POST", `${path}/restore`);
      const operations = [{ op: "create", body: { title: `${mark} batch` } }];
      await twice("POST", "/batch", { operations });
    },
  },
  {
    id: "IDEM-08",
    rule: "A key is its user's own",
    check: async ({ me, mark, guest }) => {
      const call = keyed(word(), { title: `${mark} mine` });
      const mine = await me.ask(201, "POST", "/tasks", call);
      const theirs = await (await guest()).ask(201, "POST", "/tasks", call);
      same(
        [isReplay(theirs), theirs.body.data.id === mine.body.data.id],
        [false, false],
        "Repeated, and the same task",
      );
    },
  },
];
