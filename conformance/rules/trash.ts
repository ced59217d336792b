import type { Person } from "../person";
import type { Rule } from "../rule";
import { holds, same } from "../verdict";

async function throwAway(me: Person, fields: object = {}) {
  const task = await me.make(fields);
  await me.ask(204, "DELETE", `/tasks/${task.id}`);
  return task;
}

const inTrash = async (me: Person, query = "limit=20") =>
  (await me.ask(200, "GET", `/trash?${query}`)).body.data;

export const trash: Rule[] = [
  {
    id: "TRASH-01",
    rule: "What was deleted is on top of the trash, with the time, and in no list",
    check: async ({ me }) => {
      const older = await throwAway(me);
      const task = await throwAway(me, { title: "top" });
      const { tasks } = await inTrash(me);
      same(
        tasks.slice(0, 2).map(({ id }) => id),
        [task.id, older.id],
        "The two on top",
      );
      const { version, updated_at, deleted_at } = tasks[0] ?? {};
      holds(typeof deleted_at === "string", "deleted_at is a time", deleted_at);
      same(tasks[0], { ...task, version, updated_at, deleted_at }, "The task in the trash");
      const { q } = { q: task.title.split(" ")[0] ?? "" };
      const listed = await me.list({ q, limit: 100 });
      holds(!listed.tasks.some(({ id }) => id === task.id), "The list does not have it");
    },
  },
  {
    id: "TRASH-02",
    rule: "Restore gives back what was deleted, but for version, updated_at and deleted_at",
    check: async ({ me }) => {
      const task = await throwAway(me, {
        description: "x",
        priority: "urgent_important",
        is_completed: true,
      });
      const { data } = (await me.ask(200, "POST", `/tasks/${task.id}/restore`)).body;
      same(data, { ...task, version: 3, updated_at: data.updated_at }, "The task");
      same(await me.get(task.id), data, "The task that is read");
    },
  },
  {
    id: "TRASH-03",
    rule: "DELETE in the trash is for good: 204, and then it cannot be restored",
    check: async ({ me, mark }) => {
      const { id } = await throwAway(me);
      await me.ask(204, "DELETE", `/trash/${id}`);
      await me.ask("not_found", "DELETE", `/trash/${id}`);
      await me.ask("not_found", "POST", `/tasks/${id}/restore`);
      await me.ask(201, "POST", "/tasks", { body: { id, title: `${mark} the id is free again` } });
    },
  },
  {
    id: "TRASH-04",
    rule: "404 to restore or delete for good what is not in the trash",
    check: async ({ me }) => {
      const { id } = await me.make();
      await me.ask("not_found", "DELETE", `/trash/${id}`);
      await me.ask("not_found", "POST", `/tasks/${id}/restore`);
      await me.ask(200, "GET", `/tasks/${id}`);
    },
  },
  {
    id: "TRASH-05",
    rule: "Page by page everything in the trash comes exactly once",
    check: async ({ me }) => {
      const thrown = [];
      for (const title of ["a", "b", "c"]) thrown.unshift((await throwAway(me, { title })).id);
      const first = await inTrash(me, "limit=2");
      const second = await inTrash(me, `limit=1&cursor=${first.next_cursor}`);
      same(
        [...first.tasks, ...second.tasks].map(({ id }) => id),
        thrown,
        "What the pages bring",
      );
      await me.ask("invalid", "GET", "/trash?cursor=x");
    },
  },
  {
    id: "TRASH-06",
    rule: "Another user neither sees my trash nor restores or deletes what is in it",
    check: async ({ me, guest }) => {
      const { id } = await throwAway(me);
      const other = await guest();
      holds(!(await inTrash(other)).tasks.some((task) => task.id === id), "Another's trash does not have it");
      await other.ask("not_found", "DELETE", `/trash/${id}`);
      await other.ask("not_found", "POST", `/tasks/${id}/restore`);
      await me.ask(200, "POST", `/tasks/${id}/restore`);
    },
  },
];
