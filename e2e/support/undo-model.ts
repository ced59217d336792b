import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Ctx } from "@/lib/context";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { AppError } from "@/lib/errors";
import { toWire } from "@/lib/keys";
import type { Task } from "@/lib/tasks/row";
import type { Write } from "@/lib/write";

/** A moment that only the server knows. */
const NOW = Symbol("now");

export type Row = Record<string, unknown>;

/** A task as one row of fields, without those that every write sets and those that follow from others. */
export function fieldsOf(task: Task): Row {
  const { user_id, version, updated_at, important, urgent, ...fields } = toWire(task) as Row;
  return fields;
}

/** One step of a change: what of an object was otherwise, and as what. An object that was not there has no `before`. */
type Diff = { id: string; before?: Row; after: Row; isPurge?: boolean };

type Made = { changeId: string; diffs: Diff[] };

/** What a board is to be. It knows no SQL, and of the server only what a write answers. */
export class Model {
  readonly tasks = new Map<string, Row>();
  readonly made: Made[] = [];

  /** Notes what a write did; the fields that it was asked to set are as it was asked. */
  write(changeId: string | null, done: { task: Task; asked: Row }[]): void {
    const diffs = done.flatMap(({ task, asked }) => this.#put(fieldsOf(task), asked));
    this.#note(changeId, diffs);
  }

  #note(changeId: string | null, diffs: Diff[]): void {
    expect(changeId !== null).toBe(diffs.length > 0);
    if (changeId) this.made.push({ changeId, diffs });
  }

  #put(after: Row, asked: Row): Diff[] {
    expect(after).toMatchObject(asked);
    const id = String(after.id);
    const before = this.tasks.get(id);
    this.tasks.set(id, after);
    if (!before) return [{ id, after }];
    const names = Object.keys(after).filter((name) => after[name] !== before[name]);
    if (names.length === 0) return [];
    const of = (row: Row) => Object.fromEntries(names.map((name) => [name, row[name]]));
    return [{ id, before: of(before), after: of(after) }];
  }

  purge({ write }: { write: Write }, { id }: Task): void {
    this.tasks.delete(id);
    this.#note(write.changeId, [{ id, before: {}, after: {}, isPurge: true }]);
  }

  /** The fields that have another value now than the change left; none when an object is gone. */
  #differing({ diffs }: Made): string[] | undefined {
    if (diffs.some(({ id, isPurge }) => isPurge || !this.tasks.has(id))) return [];
    const left = new Map<string, Row>();
    const written = new Map<string, Set<string>>();
    for (const { id, before = { deleted_at: NOW }, after } of diffs) {
      left.set(id, { ...left.get(id), ...after });
      written.set(id, new Set([...(written.get(id) ?? []), ...Object.keys(before)]));
    }
    const names = [...written].flatMap(([id, names]) =>
      [...names].filter((name) => left.get(id)?.[name] !== this.tasks.get(id)?.[name]),
    );
    return names.length > 0 ? [...new Set(names)].sort() : undefined;
  }

  /** Each step's fields as they were, the last step first; or the field that would contradict another. */
  expected(which: Made): { conflict: string[] } | { rows: Row[] } {
    const conflict = this.#differing(which);
    if (conflict) return { conflict };
    const tasks = new Map(this.tasks);
    const rows: Row[] = [];
    for (const { id, before = { deleted_at: NOW } } of which.diffs.toReversed()) {
      const next = { ...tasks.get(id), ...before };
      const refused = contradictionOf(next);
      if (refused) return { conflict: [refused] };
      tasks.set(id, next);
      rows.push(next);
    }
    return { rows };
  }

  /** Notes that it is as expected; `at` says when what was made went to the trash. */
  undo({ write }: { write: Write }, rows: Row[], at: (id: unknown) => unknown): void {
    for (const { id, deleted_at, created_at } of rows)
      if (deleted_at === NOW) expect(String(at(id)) > String(created_at)).toBe(true);
    const diffs = rows.flatMap(({ deleted_at, ...row }) =>
      this.#put({ ...row, deleted_at: deleted_at === NOW ? at(row.id) : deleted_at }, {}),
    );
    this.#note(write.changeId, diffs);
  }
}

function contradictionOf({ due_all_day, due_datetime, is_sorted, priority }: Row): string | undefined {
  if (due_all_day && !String(due_datetime).endsWith("T00:00:00.000Z")) return "due_datetime";
  if (!is_sorted && priority !== "not_urgent_not_important") return "is_sorted";
  return undefined;
}

type State = { seq: number; live_count: number; trashed_count: number; tasks: Map<string, Row> };

export async function stateOf({ db, actor }: Ctx): Promise<State> {
  const { rows } = await db.execute<Omit<State, "tasks"> & { tasks: Row[] }>(sql`
    select seq::int, live_count, trashed_count, (
      select coalesce(json_agg(to_jsonb(t) order by t.id), '[]') from tasks t where t.space_id = s.id) as tasks
    from spaces s where id = ${actor.spaceId}`);
  const [row] = rows;
  if (!row) throw new Error("There is no such space.");
  const tasks = row.tasks.map((task): [string, Row] => [String(task.id), cleaned(task)]);
  return { ...row, tasks: new Map(tasks) };
}

const INSTANTS = ["due_datetime", "completed_at", "deleted_at", "created_at"];

function cleaned({ search, space_id, version, updated_at, ...row }: Row): Row {
  const instants = INSTANTS.map((name) => {
    const text = row[name];
    return [name, typeof text === "string" ? new Date(text).toISOString() : null];
  });
  return { ...row, priority: PRIORITIES[Number(row.priority) - 1], ...Object.fromEntries(instants) };
}

export function expectCounted({ tasks, live_count, trashed_count }: State): void {
  const trashed = [...tasks.values()].filter(({ deleted_at }) => deleted_at !== null).length;
  expect({ live_count, trashed_count }).toEqual({ live_count: tasks.size - trashed, trashed_count: trashed });
}

export const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );

export const namesIn = (failure: AppError | undefined) =>
  (failure?.extras.errors ?? []).map(({ path }) => path).sort();
