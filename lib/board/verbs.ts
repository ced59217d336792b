import type { Task } from "@/lib/client/client";
import type { Fields, Operation } from "./apply";
import { makeId } from "./gestures";
import { type Places, positionsAt } from "./order";
import { fieldsOf, PLACES, type Place, placeByAxes, placeOf } from "./quadrants";

export type Deed = {
  /** In the past tense, with the title: it is read out, shown beside Undo, and names the step. */
  label: string;
  operations: Operation[];
  /** Of the same kind of deed to several tasks: “Completed 3 tasks”. */
  verb: string;
};

export type NewTask = {
  id?: string;
  title: string;
  place: Place;
  description?: string | null;
  due_datetime?: string | null;
  due_all_day?: boolean;
};

export type Due = { due_datetime: string; due_all_day: boolean } | null;

export type View = { tasks: ReadonlyMap<string, Task>; places: Places };

export type Names = (place: Place) => string;

const NOTHING: Deed = { verb: "Moved", label: "", operations: [] };

const quoted = (title: string) => `“${title.length > 60 ? `${title.slice(0, 59)}…` : title}”`;

const subject = (tasks: readonly Task[]) =>
  tasks.length === 1 && tasks[0] ? quoted(tasks[0].title) : `${tasks.length} tasks`;

const known = ({ tasks }: View, ids: readonly string[]) => ids.flatMap((id) => tasks.get(id) ?? []);

/** What was deleted meanwhile is not written any more. */
const found = (view: View, ids: readonly string[]) =>
  known(view, ids).filter(({ deleted_at }) => deleted_at === null);

const deed = (verb: string, tasks: readonly Task[], operations: Operation[], rest = ""): Deed => ({
  verb,
  label: `${verb} ${subject(tasks)}${rest}`,
  operations,
});

const openIn = ({ tasks, places }: View, place: Place, without: readonly string[] = []) =>
  places[place].filter((id) => !without.includes(id)).flatMap((id) => tasks.get(id) ?? []);

/** On top of their places, in the order given. */
export function adding(view: View, tasks: readonly NewTask[], names: Names): Deed {
  const free = new Map(
    PLACES.map((place) => {
      const count = tasks.filter((task) => task.place === place).length;
      return [place, positionsAt(openIn(view, place), 0, count)];
    }),
  );
  const operations = tasks.map(({ id = makeId(), place, ...fields }): Operation => {
    const position = free.get(place)?.shift();
    return { op: "create", id, body: { ...fields, ...fieldsOf(place), ...(position && { position }) } };
  });
  const [first] = tasks;
  const what = tasks.length === 1 && first ? quoted(first.title) : `${tasks.length} tasks`;
  const where = first && tasks.every(({ place }) => place === first.place) ? ` to ${names(first.place)}` : "";
  return { verb: "Added", label: `Added ${what}${where}`, operations };
}

export function completing(view: View, ids: readonly string[], completed: boolean): Deed {
  const tasks = found(view, ids).filter((task) => task.is_completed !== completed);
  const operations = tasks.map(({ id }): Operation => ({ op: "complete", id, body: { completed } }));
  return deed(completed ? "Completed" : "Reopened", tasks, operations);
}

/** Without an index on top. What is there already stays as it is. */
export function moving(view: View, ids: readonly string[], to: Place, names: Names, index?: number): Deed {
  const tasks = found(view, ids).filter((task) => index !== undefined || placeOf(task) !== to);
  const rest = openIn(
    view,
    to,
    tasks.map(({ id }) => id),
  );
  const at = Math.min(index ?? 0, rest.length);
  const positions = positionsAt(rest, at, tasks.length);
  const operations = tasks.map((task, nth): Operation => {
    const isThere = placeOf(task) === to;
    const position = positions[nth] ?? task.position;
    return { op: "update", id: task.id, body: { ...(isThere ? {} : fieldsOf(to)), position } };
  });
  const [first, ...others] = tasks;
  if (!first || others.length > 0) return deed("Moved", tasks, operations, ` to ${names(to)}`);
  const from = placeOf(first) === to ? "" : ` from ${names(placeOf(first))}`;
  const where = `position ${at + 1} of ${rest.length + 1}`;
  return deed("Moved", tasks, operations, `${from} to ${names(to)}, ${where}`);
}

/** One step, or all the way. */
export function reordering(view: View, id: string, to: "up" | "down" | "top" | "bottom", names: Names): Deed {
  const task = view.tasks.get(id);
  if (!task) return NOTHING;
  const list = view.places[placeOf(task)];
  const at = list.indexOf(id);
  const index = { up: at - 1, down: at + 1, top: 0, bottom: list.length - 1 }[to];
  if (index < 0 || index >= list.length || index === at) return NOTHING;
  const { operations } = moving(view, [id], placeOf(task), names, index);
  return deed(
    "Moved",
    [task],
    operations,
    ` ${to === "up" || to === "down" ? to : `to the ${to}`}, position ${index + 1} of ${list.length}`,
  );
}

export function toggling(
  view: View,
  ids: readonly string[],
  axis: "important" | "urgent",
  names: Names,
): Deed {
  const tasks = found(view, ids);
  const [first] = tasks;
  if (!first) return NOTHING;
  const value = !first[axis];
  const to = axis === "important" ? placeByAxes(value, first.urgent) : placeByAxes(first.important, value);
  return moving(view, ids, to, names);
}

export const changing = (view: View, id: string, fields: Fields): Deed => {
  const tasks = found(view, [id]);
  const isNew = tasks.some((task) =>
    (Object.keys(fields) as (keyof Fields)[]).some((name) => task[name] !== fields[name]),
  );
  return deed("Changed", tasks, isNew ? [{ op: "update", id, body: fields }] : []);
};

export function dating(view: View, ids: readonly string[], due: Due, told: string): Deed {
  const tasks = found(view, ids);
  const body = due ?? { due_datetime: null, due_all_day: false };
  const operations = tasks.map(({ id }): Operation => ({ op: "update", id, body }));
  return due
    ? { verb: "Dated", label: `${subject(tasks)} is due ${told}`, operations }
    : deed("Cleared the date of", tasks, operations);
}

export function trashing(view: View, ids: readonly string[]): Deed {
  const tasks = found(view, ids);
  const operations = tasks.map(({ id }): Operation => ({ op: "delete", id }));
  return deed("Moved", tasks, operations, " to the trash");
}

/** From the trash, which the board does not know: back to where they were. */
export function restoring(tasks: readonly Task[]): Deed {
  const operations = tasks.map(({ id }): Operation => ({ op: "restore", id }));
  return deed("Restored", tasks, operations);
}
