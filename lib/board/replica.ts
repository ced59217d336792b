import type { Task } from "@/lib/client/client";
import { apply, type Operation } from "./apply";
import type { Gesture } from "./gestures";

/**
 * The tasks as the server last told them, and over them what the person has done since: every gesture shows at once, and
 * stays until the server has it or has refused it.
 */
export function createReplica(userId: string, tasks: readonly Task[]) {
  const base = new Map(tasks.map((task) => [task.id, task]));
  const view = new Map(base);
  let pending: readonly Gesture[] = [];

  const rebuild = (ids: Iterable<string>) => {
    for (const id of new Set(ids)) {
      let task = base.get(id);
      for (const { operations, before, at } of pending)
        for (const operation of operations)
          if (operation.id === id) task = apply(task ?? lost(operation, before), operation, { at, userId });
      if (task) view.set(id, task);
      else view.delete(id);
    }
  };

  /** An answer that was overtaken says nothing new. */
  const learn = (known: readonly Task[]) => {
    for (const task of known) if ((base.get(task.id)?.version ?? -1) <= task.version) base.set(task.id, task);
    rebuild(known.map(({ id }) => id));
  };

  return {
    view: view as ReadonlyMap<string, Task>,
    base: base as ReadonlyMap<string, Task>,
    pending: () => pending,
    learn,

    forget(ids: readonly string[]) {
      for (const id of ids) base.delete(id);
      rebuild(ids);
    },

    /** After a full sync: what was not told is gone. */
    replace(all: readonly Task[]) {
      const ids = [...base.keys()];
      base.clear();
      for (const task of all) base.set(task.id, task);
      rebuild([...ids, ...base.keys()]);
    },

    begin(gesture: Gesture, { first = false } = {}) {
      pending = first ? [gesture, ...pending] : [...pending, gesture];
      rebuild(idsOf(gesture));
    },

    /** Its effect is in what the server told, or will not come. */
    end(gesture: Gesture, known: readonly Task[] = []) {
      pending = pending.filter(({ key }) => key !== gesture.key);
      learn(known);
      rebuild(idsOf(gesture));
    },
  };
}

/** The server does not tell what is in the trash. */
const lost = ({ op, id }: Operation, before: Gesture["before"]) =>
  op === "restore" ? before[id] : undefined;

export type Replica = ReturnType<typeof createReplica>;

export const idsOf = ({ operations }: Pick<Gesture, "operations">) => operations.map(({ id }) => id);
