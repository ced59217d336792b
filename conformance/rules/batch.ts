import { unknownId, word } from "../person";
import type { Rule, Run } from "../rule";
import { same } from "../verdict";

type Operations = readonly object[];

const send = async ({ me }: Pick<Run, "me">, operations: Operations) =>
  (await me.ask(200, "POST", "/batch", { body: { operations } })).body.data.results ?? [];

export const batch: Rule[] = [
  {
    id: "BATCH-01",
    rule: "Operations are done in order, each answered as its own endpoint answers",
    check: async (run) => {
      const id = unknownId();
      const results = await send(run, [
        { op: "create", body: { id, title: `${run.mark} batch` } },
        { op: "update", id, body: { description: "x" }, if_match: 1 },
        { op: "complete", id, body: { completed: true } },
        { op: "delete", id },
        { op: "restore", id },
      ]);
      same(
        results.map(({ status }) => status),
        [201, 200, 200, 204, 200],
        "The statuses",
      );
      same(
        results.map(({ data }) => data?.version),
        [1, 2, 3, undefined, 5],
        "The versions",
      );
      same(results[4]?.data, await run.me.get(id), "The last result");
    },
  },
  {
    id: "BATCH-02",
    rule: "One that fails brings its problem, and the others are done",
    check: async (run) => {
      const name = word();
      const title = `${run.mark} ${name}`;
      const results = await send(run, [
        { op: "create", body: { title } },
        { op: "create", body: { title: "" } },
        { op: "delete", id: unknownId() },
        { op: "create", body: { title, colour: "red" } },
        { op: "create", body: { title } },
      ]);
      const got = results.map(({ status, problem }) => [status, problem?.code ?? null]);
      same(
        got,
        [
          [201, null],
          [422, "invalid"],
          [404, "not_found"],
          [422, "invalid"],
          [201, null],
        ],
        "The results",
      );
      same((await run.me.list({ q: name })).total_count, 2, "Tasks made");
    },
  },
  {
    id: "BATCH-03",
    rule: "atomic: one that fails is told with its index, and nothing is done",
    check: async ({ me, mark }) => {
      const name = word();
      const fine = { op: "create", body: { title: `${mark} ${name}` } };
      const refused = async (code: "invalid" | "not_found", operation: object) => {
        const body = { atomic: true, operations: [fine, operation] };
        const { errors } = (await me.ask(code, "POST", "/batch", { body })).body;
        same(/\b1\b/.test(errors?.[0]?.path ?? ""), true, "errors[0].path names operation 1");
      };
      await refused("invalid", { op: "create", body: { title: "" } });
      await refused("not_found", { op: "delete", id: unknownId() });
      same((await me.list({ q: name })).total_count, 0, "Tasks made");
      const operations = [fine, fine];
      await me.ask(200, "POST", "/batch", { body: { atomic: true, operations } });
      same((await me.list({ q: name })).total_count, 2, "Tasks made when all is fine");
    },
  },
  {
    id: "BATCH-04",
    rule: "A stale if_match is 412 with the current object, and only for its own operation",
    check: async (run) => {
      const task = await run.me.make();
      const stale = { op: "update", id: task.id, body: { description: "stale" }, if_match: 9 };
      const [first, second] = await send(run, [stale, { ...stale, if_match: 1 }]);
      same([first?.status, second?.status], [412, 200], "The statuses");
      same(first?.problem?.current, task, "current");
    },
  },
  {
    id: "BATCH-05",
    rule: "422 no operations, more than 100, and one that is none; 100 are taken",
    check: async (run) => {
      const many = (count: number) =>
        Array.from({ length: count }, () => ({ op: "delete", id: unknownId() }));
      for (const operations of [[], many(101), [{ op: "purge", id: unknownId() }], "delete"])
        await run.me.ask("invalid", "POST", "/batch", { body: { operations } });
      same((await send(run, many(100))).length, 100, "Results");
    },
  },
  {
    id: "BATCH-06",
    rule: "Another user's task is 404 in a batch too",
    check: async ({ me, guest }) => {
      const task = await me.make();
      const operations = [
        { op: "update", id: task.id, body: { description: "x" } },
        { op: "complete", id: task.id, body: { completed: true } },
        { op: "delete", id: task.id },
      ];
      const results = await send({ me: await guest() }, operations);
      same(
        results.map(({ status }) => status),
        [404, 404, 404],
        "The statuses",
      );
      same(await me.get(task.id), task, "The task");
    },
  },
];
