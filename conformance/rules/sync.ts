import type { Change, Task } from "@/lib/client/api.gen";
import type { Person } from "../person";
import type { Rule } from "../rule";
import { holds, same } from "../verdict";

const seqs = (changes: Change[]) => changes.map(({ seq }) => seq);

/** Creates, changes and deletes, one after the other. */
async function writeSome(me: Person) {
  const [a, b] = [await me.make(), await me.make()];
  await me.ask(200, "PATCH", `/tasks/${a.id}`, { body: { description: "changed" } });
  await me.ask(204, "DELETE", `/tasks/${b.id}`);
  return { a, b, ids: [a.id, b.id, a.id, b.id] };
}

const since = (seq: number | null | undefined, count: number) =>
  Array.from({ length: count }, (_, i) => (seq ?? 0) + i);

/** What a client holds after it has applied the changes to what it held. */
export function applied(changes: Change[], held = new Map<string, Task>()): Map<string, Task> {
  for (const { entity_id, object } of changes) object ? held.set(entity_id, object) : held.delete(entity_id);
  return held;
}

export const sync: Rule[] = [
  {
    id: "SYNC-01",
    rule: "An answer has changes, next_token, has_more and full; a change says what, which and when",
    check: async ({ me }) => {
      const token = await me.now();
      const task = await me.make();
      const page = await me.sync({ token });
      same(
        Object.keys(page).sort(),
        ["changes", "full", "has_more", "next_token"],
        "The members of the answer",
      );
      const [{ seq, ...change } = { seq: null }] = page.changes;
      holds(Number.isInteger(seq), "seq is a whole number", seq);
      const { id: entity_id, version, updated_at: at } = task;
      same(change, { entity: "task", entity_id, op: "upsert", version, at, object: task }, "The change");
    },
  },
  {
    id: "SYNC-02",
    rule: "Every write is one change, in order: no seq is skipped or repeated",
    check: async ({ me }) => {
      const token = await me.now();
      const { ids } = await writeSome(me);
      const { changes } = await me.since(token);
      same(
        changes.map(({ entity_id }) => entity_id),
        ids,
        "The ids of what was written, in order",
      );
      same(seqs(changes), since(changes[0]?.seq, ids.length), "seq");
    },
  },
  {
    id: "SYNC-03",
    rule: "Pages of any size bring the same, without a gap or a repetition",
    check: async ({ me }) => {
      const token = await me.now();
      await writeSome(me);
      const whole = await me.since(token);
      for (const limit of [1, 3]) same(await me.since(token, limit), whole, `In pages of ${limit}`);
    },
  },
  {
    id: "SYNC-04",
    rule: "What was deleted comes as op delete, without an object",
    check: async ({ me }) => {
      const token = await me.now();
      const { b } = await writeSome(me);
      await me.ask(204, "DELETE", `/trash/${b.id}`);
      const { changes } = await me.since(token);
      const last = changes
        .filter(({ entity_id }) => entity_id === b.id)
        .map(({ op, object }) => [op, object]);
      same(
        last,
        [
          ["delete", null],
          ["delete", null],
          ["delete", null],
        ],
        "op and object of its changes",
      );
    },
  },
  {
    id: "SYNC-05",
    rule: "The object of a change is the object as it is now",
    check: async ({ me }) => {
      const token = await me.now();
      const { a } = await writeSome(me);
      const current = await me.get(a.id);
      const { changes } = await me.since(token);
      for (const { entity_id, object } of changes)
        if (entity_id === a.id) same(object, current, "The object");
      const versions = changes.filter(({ entity_id }) => entity_id === a.id).map(({ version }) => version);
      same(versions, [1, 2], "The versions of its changes");
    },
  },
  {
    id: "SYNC-06",
    rule: "Without a token everything comes, as full, and is what the list has",
    check: async ({ me }) => {
      await writeSome(me);
      const first = await me.sync({ limit: 500 });
      same(first.full, true, "full");
      const { changes, token } = await me.since(undefined);
      const listed = await me.list({ limit: 1 });
      const held = applied(changes);
      same([held.size, changes.length], [listed.total_count, listed.total_count], "How many there are");
      for (const task of (await me.list({ limit: 100 })).tasks) same(held.get(task.id), task, "A task");
      same(
        await me.sync({ token }),
        { changes: [], next_token: token, has_more: false, full: false },
        "After that",
      );
    },
  },
  {
    id: "SYNC-07",
    rule: "What is written between the pages of a full sync is not lost",
    check: async ({ me }) => {
      await Promise.all([me.make(), me.make()]);
      const first = await me.sync({ limit: 1 });
      same(first.has_more, true, "has_more of the first of several pages");
      const made = await me.make();
      const moved = first.changes[0]?.object;
      holds(moved != null, "The first page brings an object");
      if (me.made.has(moved.id))
        await me.ask(200, "PATCH", `/tasks/${moved.id}`, { body: { description: "moved" } });
      const rest = await me.since(first.next_token);
      const end = await me.since(rest.token);
      const held = applied([...first.changes, ...rest.changes, ...end.changes]);
      for (const id of [made.id, moved.id])
        same(held.get(id), await me.get(id), "What a client holds at the end");
    },
  },
  {
    id: "SYNC-08",
    rule: "After any parallel writes every client ends with what the server has",
    check: async ({ me }) => {
      const token = await me.now();
      const ids = (await Promise.all([me.make(), me.make()])).map(({ id }) => id);
      const write = (index: number) => {
        const path = `/tasks/${ids[index % ids.length]}`;
        const kinds = [() => me.ask(undefined, "PATCH", path, { body: { description: `${index}` } })];
        kinds.push(
          () => me.ask(undefined, "DELETE", path),
          () => me.ask(undefined, "POST", `${path}/restore`),
        );
        return kinds[index % 7 < 4 ? 0 : index % 2 ? 1 : 2]?.();
      };
      const held = new Map<string, Task>();
      const writing = Promise.all(Array.from({ length: 12 }, (_, index) => write(index)));
      const early = await me.since(token);
      applied(early.changes, held);
      await writing;
      applied((await me.since(early.token)).changes, held);
      for (const id of ids) {
        const { status, body } = await me.ask(undefined, "GET", `/tasks/${id}`);
        same(held.get(id), status === 200 ? body.data : undefined, "What a client holds at the end");
      }
      const { changes } = await me.since(token);
      same(seqs(changes), since(changes[0]?.seq, changes.length), "seq");
    },
  },
  {
    id: "SYNC-09",
    rule: "A token may be used again: replaying ends in the same state",
    check: async ({ me }) => {
      const token = await me.now();
      await writeSome(me);
      const first = await me.since(token);
      same(await me.since(token), first, "The second time");
      await me.ask(200, "PATCH", `/tasks/${first.changes[0]?.entity_id}`, { body: { description: "last" } });
      const resumed = applied((await me.since(first.token)).changes, applied(first.changes));
      same(applied((await me.since(token)).changes), resumed, "From the beginning, and from the middle");
    },
  },
];
