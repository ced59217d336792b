import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import type { Task } from "@/lib/client/client";
import { PLACES, type Place, placeOf } from "./quadrants";

export type Places = Readonly<Record<Place, readonly string[]>>;

type Ordered = Pick<Task, "id" | "position">;

/** By bytes, like the server; equal ones by id. */
export const byPosition = (a: Ordered, b: Ordered): number =>
  compare(a.position, b.position) || compare(a.id, b.id);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The open tasks of every place in order. A list in which nothing moved stays the very same. */
export function placesOf(tasks: Iterable<Task>, last?: Places): Places {
  const found: Record<Place, Task[]> = { unsorted: [], do: [], schedule: [], delegate: [], drop: [] };
  for (const task of tasks) if (!task.is_completed && !task.deleted_at) found[placeOf(task)].push(task);
  const lists = PLACES.map((place) => {
    const ids = found[place].sort(byPosition).map(({ id }) => id);
    const before = last?.[place];
    const isSame = before?.length === ids.length && ids.every((id, index) => id === before[index]);
    return [place, isSame ? before : ids];
  });
  return Object.fromEntries(lists) as Places;
}

/** Keys for what comes to stand at the index of a list from which it was taken before. */
export function positionsAt(list: readonly Ordered[], index: number, count: number): string[] {
  const above = list[index - 1]?.position ?? null;
  // Two clients may have given one key to two tasks: between those there is no room, so it goes below them.
  const below =
    list.slice(index).find(({ position }) => above === null || position > above)?.position ?? null;
  return generateNKeysBetween(above, below, count);
}

export const positionAfter = (position: string | null) => generateKeyBetween(position, null);
