import { setTimeout as sleep } from "node:timers/promises";
import type { Rule } from "../rule";
import { holds, matches, same } from "../verdict";

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a write does to a task. */
export const taskWrites: Rule[] = [
  {
    id: "TASK-09",
    rule: "A client may make the id; 409 with the object when it exists, in the trash too",
    check: async ({ me, mark }) => {
      const body = { id: crypto.randomUUID(), title: `${mark} own id` };
      const made = (await me.ask(201, "POST", "/tasks", { body })).body.data;
      same(made.id, body.id, "The id");
      same((await me.ask("conflict", "POST", "/tasks", { body })).body.current, made, "current");
      await me.ask(204, "DELETE", `/tasks/${made.id}`);
      const again = await me.ask("conflict", "POST", "/tasks", { body });
      same(
        [again.body.current?.id, again.body.current?.deleted_at === null],
        [made.id, false],
        "current, in the trash",
      );
      await me.ask("invalid", "POST", "/tasks", { body: { ...body, id: "1" } });
    },
  },
  {
    id: "TASK-10",
    rule: "What comes into a quadrant without a position goes on top",
    check: async ({ me }) => {
      const priority = "urgent_not_important";
      const [first, second, third] = [
        await me.make({ priority }),
        await me.make({ priority }),
        await me.make(),
      ];
      holds(second.position < first.position, "A new task stands above the one before", [
        second.position,
        first.position,
      ]);
      const { data } = (await me.ask(200, "PATCH", `/tasks/${third.id}`, { body: { priority } })).body;
      holds(data.position < second.position, "A moved task stands above all", [
        data.position,
        second.position,
      ]);
    },
  },
  {
    id: "TASK-11",
    rule: "A write that changes nothing answers 200: no version, no change, no X-Change-Id",
    check: async ({ me }) => {
      const task = await me.make({ description: "same" });
      const { title, description } = task;
      const { body, headers } = await me.ask(200, "PATCH", `/tasks/${task.id}`, {
        body: { title, description },
      });
      same(body.data, task, "The task");
      same(headers.get("x-change-id"), null, "X-Change-Id");
    },
  },
  {
    id: "TASK-12",
    rule: "PATCH keeps what is absent and clears what is null",
    check: async ({ me }) => {
      const task = await me.make({ description: "words", due_datetime: "2026-03-01T10:00:00Z" });
      const { data } = (await me.ask(200, "PATCH", `/tasks/${task.id}`, { body: { due_datetime: null } }))
        .body;
      const { updated_at } = data;
      same(data, { ...task, due_datetime: null, updated_at, version: 2 }, "The task");
    },
  },
  {
    id: "TASK-13",
    rule: "PUT keeps what is absent too",
    check: async ({ me }) => {
      const task = await me.make({ description: "words", due_datetime: "2026-03-01T10:00:00Z" });
      const title = `${task.title} renamed`;
      const { data } = (await me.ask(200, "PUT", `/tasks/${task.id}`, { body: { title } })).body;
      same(data, { ...task, title, updated_at: data.updated_at, version: 2 }, "The task");
    },
  },
  {
    id: "TASK-14",
    rule: "Every write adds 1 to the version, and moves updated_at alone",
    check: async ({ me }) => {
      let task = await me.make();
      for (const description of ["a", "b", null]) {
        await sleep(2);
        const { data } = (await me.ask(200, "PATCH", `/tasks/${task.id}`, { body: { description } })).body;
        same([data.version, data.created_at], [task.version + 1, task.created_at], "version and created_at");
        holds(data.updated_at > task.updated_at, "updated_at moves on", [task.updated_at, data.updated_at]);
        task = data;
      }
    },
  },
  {
    id: "TASK-15",
    rule: "Completing sets completed_at, opening again clears it",
    check: async ({ me }) => {
      const { id } = await me.make();
      const complete = async (completed: boolean) =>
        (await me.ask(200, "PATCH", `/tasks/${id}/complete`, { body: { completed } })).body.data;
      const done = await complete(true);
      same(done.is_completed, true, "is_completed");
      matches(done.completed_at, TIMESTAMP, "completed_at");
      const open = await complete(false);
      same([open.is_completed, open.completed_at], [false, null], "is_completed and completed_at");
      await me.ask("invalid", "PATCH", `/tasks/${id}/complete`, { body: { completed: "yes" } });
    },
  },
  {
    id: "TASK-16",
    rule: "DELETE answers 204 once; then the task is 404 to every method",
    check: async ({ me }) => {
      const { id } = await me.make();
      same((await me.ask(204, "DELETE", `/tasks/${id}`)).text, "", "The body");
      for (const method of ["GET", "DELETE"]) await me.ask("not_found", method, `/tasks/${id}`);
      await me.ask("not_found", "PATCH", `/tasks/${id}`, { body: { title: "x" } });
    },
  },
  {
    id: "TASK-17",
    rule: "Another user's task is 404 to read, change, complete and delete, and stays as it is",
    check: async ({ me, guest }) => {
      const task = await me.make();
      const other = await guest();
      for (const method of ["GET", "DELETE"]) await other.ask("not_found", method, `/tasks/${task.id}`);
      for (const method of ["PATCH", "PUT"])
        await other.ask("not_found", method, `/tasks/${task.id}`, { body: { title: "x" } });
      await other.ask("not_found", "PATCH", `/tasks/${task.id}/complete`, { body: { completed: true } });
      same(await me.get(task.id), task, "The task");
    },
  },
];
