import type { Rule } from "../rule";
import { holds, same } from "../verdict";
import { applied } from "./sync";

export const wholes: Rule[] = [
  {
    id: "EXPORT-01",
    rule: "The export has the user, all tasks and the trash, and nothing secret",
    check: async ({ me }) => {
      const [kept, thrown] = [await me.make(), await me.make()];
      await me.ask(204, "DELETE", `/tasks/${thrown.id}`);
      const { body, text } = await me.ask(200, "GET", "/export");
      const { user, tasks, trash } = body.data;
      same([user.user_id, user.email], [me.userId, me.email.toLowerCase()], "The user");
      same(
        tasks.find(({ id }) => id === kept.id),
        kept,
        "The task",
      );
      holds(
        trash.some(({ id }) => id === thrown.id),
        "The trash has what was deleted",
      );
      holds(!/ff_rt_|\$argon2|"(password|hash|refresh_token)":/.test(text), "Nothing secret is in it");
    },
  },
  {
    id: "EXPORT-02",
    rule: "Export, list and a full sync have the same tasks",
    check: async ({ me }) => {
      await me.make();
      const { tasks } = (await me.ask(200, "GET", "/export")).body.data;
      const { changes } = await me.since(undefined);
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      same([...applied(changes).values()].sort(byId), [...tasks].sort(byId), "The tasks of sync");
      const { total_count, tasks: newest } = await me.list({ limit: 100 });
      same(total_count, tasks.length, "total_count of the list");
      for (const task of newest)
        same(
          tasks.find(({ id }) => id === task.id),
          task,
          "A task of the list",
        );
    },
  },
];
