import type { Task } from "@/lib/client/api.gen";
import type { Answer } from "../client";
import { unknownId } from "../person";
import type { Rule } from "../rule";
import { matches, same } from "../verdict";

const changeOf = ({ asked, headers }: Answer) =>
  matches(headers.get("x-change-id"), /./, `X-Change-Id of ${asked}`);
const undoOf = (answer: Answer) => `/changes/${changeOf(answer)}/undo`;
const lasting = ({ version: _, updated_at: __, ...rest }: Task) => rest;

export const undo: Rule[] = [
  {
    id: "UNDO-01",
    rule: "Every mutating response carries an X-Change-Id of its own",
    check: async ({ me, mark }) => {
      const created = await me.ask(201, "POST", "/tasks", { body: { title: `${mark} changes` } });
      const path = `/tasks/${created.body.data.id}`;
      const completed = await me.ask(200, "PATCH", `${path}/complete`, { body: { completed: true } });
      const answers = [
        ...[created, completed, await me.ask(200, "POST", undoOf(completed))],
        await me.ask(200, "PATCH", path, { body: { description: "x" } }),
        await me.ask(200, "PUT", path, { body: { description: "y" } }),
        await me.ask(204, "DELETE", path),
        await me.ask(200, "POST", `${path}/restore`),
        await me.ask(200, "POST", "/batch", {
          body: { operations: [{ op: "delete", id: created.body.data.id }] },
        }),
        await me.ask(204, "DELETE", `/trash/${created.body.data.id}`),
      ];
      same(new Set(answers.map(changeOf)).size, answers.length, "Different ids");
    },
  },
  {
    id: "UNDO-02",
    rule: "Undo puts the fields back as they were",
    check: async ({ me }) => {
      const before = await me.make({ description: "old", due_datetime: "2026-03-01T10:00:00Z" });
      const body = {
        description: "new",
        due_datetime: null,
        priority: "urgent_important",
        is_completed: true,
      };
      const changed = await me.ask(200, "PATCH", `/tasks/${before.id}`, { body });
      const undone = await me.ask(200, "POST", undoOf(changed));
      const after = await me.get(before.id);
      same(lasting(after), lasting(before), "The task");
      same(undone.body.data.tasks, [after], "data.tasks");
    },
  },
  {
    id: "UNDO-03",
    rule: "Undone, a new task goes to the trash and a deleted one comes back",
    check: async ({ me, mark }) => {
      const created = await me.ask(201, "POST", "/tasks", { body: { title: `${mark} undo` } });
      const path = `/tasks/${created.body.data.id}`;
      await me.ask(200, "POST", undoOf(created));
      await me.ask(404, "GET", path);
      await me.ask(200, "POST", `${path}/restore`);
      const deleted = await me.ask(204, "DELETE", path);
      await me.ask(200, "POST", undoOf(deleted));
      same(lasting(await me.get(created.body.data.id)), lasting(created.body.data), "The task");
    },
  },
  {
    id: "UNDO-04",
    rule: "Undo is a change and can be undone",
    check: async ({ me }) => {
      const token = await me.now();
      const { id, description } = await me.make();
      const changed = await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "new" } });
      const undone = await me.ask(200, "POST", undoOf(changed));
      same((await me.get(id)).description, description, "The description after undo");
      await me.ask(200, "POST", undoOf(undone));
      same((await me.get(id)).description, "new", "The description after the undo of undo");
      same((await me.since(token)).changes.length, 4, "Changes that sync brings");
    },
  },
  {
    id: "UNDO-05",
    rule: "Undo keeps what was changed in other fields since",
    check: async ({ me }) => {
      const { id } = await me.make();
      const changed = await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "new" } });
      await me.ask(200, "PATCH", `/tasks/${id}/complete`, { body: { completed: true } });
      await me.ask(200, "POST", undoOf(changed));
      const { description, is_completed } = await me.get(id);
      same([description, is_completed], [null, true], "description and is_completed");
    },
  },
  {
    id: "UNDO-06",
    rule: "409 names the fields that have another value by now, and nothing is undone",
    check: async ({ me }) => {
      const { id } = await me.make();
      const body = { description: "a", due_datetime: "2026-03-01T10:00:00Z" };
      const changed = await me.ask(200, "PATCH", `/tasks/${id}`, { body });
      await me.ask(200, "PATCH", `/tasks/${id}`, { body: { description: "b" } });
      const refused = await me.ask("conflict", "POST", undoOf(changed));
      same(
        refused.body.errors?.map(({ path }) => path),
        ["description"],
        "errors[].path",
      );
      const task = await me.get(id);
      same([task.version, task.description], [3, "b"], "The task's version and description");
    },
  },
  {
    id: "UNDO-07",
    rule: "A batch is undone as one",
    check: async ({ me, mark }) => {
      const { id } = await me.make();
      const operations = [
        { op: "create", body: { title: `${mark} of a batch` } },
        { op: "update", id, body: { description: "a" } },
        { op: "complete", id, body: { completed: true } },
      ];
      const done = await me.ask(200, "POST", "/batch", { body: { operations } });
      await me.ask(200, "POST", undoOf(done));
      const { description, is_completed } = await me.get(id);
      same([description, is_completed], [null, false], "description and is_completed");
      await me.ask(404, "GET", `/tasks/${done.body.data.results[0]?.data?.id}`);
    },
  },
  {
    id: "UNDO-08",
    rule: "404 a change that is not there, or another user's",
    check: async ({ me, mark, guest }) => {
      await me.ask("not_found", "POST", `/changes/${unknownId()}/undo`);
      const created = await me.ask(201, "POST", "/tasks", { body: { title: `${mark} mine` } });
      await (await guest()).ask("not_found", "POST", undoOf(created));
      await me.ask(200, "GET", `/tasks/${created.body.data.id}`);
    },
  },
];
