import type { Task } from "@/lib/client/api.gen";
import { type Parameters, type Person, word } from "../person";
import type { Run } from "../rule";
import { same } from "../verdict";

const PRIORITIES = [
  "urgent_important",
  "not_urgent_important",
  "urgent_not_important",
  "not_urgent_not_important",
];

type Shelf = { q: string; tasks: Task[] };

const shelves = new WeakMap<Person, Promise<Shelf>>();

const due = (day: number) => ({ due_datetime: `2026-03-0${day}T10:00:00.000Z` });

const SHELF = {
  a: { ...due(2), priority: "urgent_important", position: "a2", description: "Ein Café in Łódź" },
  B: { priority: "not_urgent_important", is_completed: true, description: "50% off_now" },
  c: {},
  D: { ...due(1), priority: "urgent_important", position: "a1" },
  e: { ...due(3), priority: "not_urgent_not_important" },
  F: { priority: "urgent_not_important" },
};

/** Six tasks that a search for `q` finds, and no others; each is told by the last letter of its title. */
export function shelf({ me }: Run): Promise<Shelf> {
  const made = shelves.get(me) ?? fill(me);
  shelves.set(me, made);
  return made;
}

async function fill(me: Person): Promise<Shelf> {
  const q = word();
  const tasks: Task[] = [];
  for (const [letter, fields] of Object.entries(SHELF))
    tasks.push(await me.make({ title: `${q} ${letter}`, ...fields }));
  return { q, tasks };
}

export const letters = (tasks: Task[]) => tasks.map(({ title }) => title.at(-1)).join("");

export const BY_TITLE = { sort_by: "title", sort_order: "asc" };

/** The letters of what the parameters find, in the order of the titles unless they say otherwise. */
export async function find(run: Run, parameters: Parameters): Promise<string> {
  const { q } = await shelf(run);
  return letters((await run.me.list({ q, ...BY_TITLE, ...parameters })).tasks);
}

/** Asks by each of the queries and compares with the letters that it should bring. */
export async function finds(run: Run, wanted: Record<string, string>): Promise<void> {
  for (const [query, found] of Object.entries(wanted))
    same(await find(run, Object.fromEntries(new URLSearchParams(query))), found, `Found with ${query}`);
}

export const rank = ({ priority }: Task) => PRIORITIES.indexOf(priority);
