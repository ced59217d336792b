import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import type { ctxOf } from "@/e2e/support/sync-client";
import { runBatch } from "@/lib/batch/batch";
import { Unread } from "@/lib/batch/schemas";
import { undoChange } from "@/lib/changes/undo-change";
import type { Ctx } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { AppError } from "@/lib/errors";
import { toWire } from "@/lib/http/keys";
import { nested } from "@/lib/http/nested";
import type { Task } from "@/lib/tasks/row";
import { createTask, deleteTask, restoreTask, updateTask } from "@/lib/tasks/tasks";
import { purgeTask } from "@/lib/trash/trash";
import { uuidv7 } from "@/lib/uuid";

const RUNS = 300;

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;
let other: Database;

beforeAll(async () => {
  home = await createDatabase();
  const options = { url: home.url, poolMax: 2, connectTimeoutMs: 10_000, statementTimeoutMs: 20_000 };
  [database, other] = [connect(options), connect(options)];
});

afterAll(async () => {
  await Promise.all([database.close(), other.close()]);
  await home.drop();
});

async function newSpace(): Promise<string> {
  const id = uuidv7();
  await database.db.execute(sql`
    with person as (insert into users (id, email) values (${id}, ${`${id}@example.org`}) returning id)
    insert into spaces (id, owner_id) select id, id from person`);
  return id;
}

type Row = Record<string, unknown>;

/** A task as one row of fields, without those that every write sets and those that follow from others. */
function fieldsOf(task: Task): Row {
  const { user_id, version, updated_at, important, urgent, ...fields } = toWire(task) as Row;
  return fields;
}

/** One step of a change: what of an object was otherwise before. An object that was not there has no `before`. */
type Diff = { id: string; before?: Row; isPurge?: boolean };

type Made = { changeId: string; diffs: Diff[] };

/** What a board is to be. It knows no SQL, and of the server only what a write answers. */
class Model {
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
    if (!before) return [{ id }];
    const names = Object.keys(after).filter((name) => after[name] !== before[name]);
    if (names.length === 0) return [];
    return [{ id, before: Object.fromEntries(names.map((name) => [name, before[name]])) }];
  }

  purge({ write }: { write: Write }, { id }: Task): void {
    this.tasks.delete(id);
    this.#note(write.changeId, [{ id, before: {}, isPurge: true }]);
  }

  /** The fields that stand against it; none when the object is gone. */
  overlapOf(which: Made): string[] | undefined {
    const later = this.made.slice(this.made.indexOf(which) + 1).flatMap(({ diffs }) => diffs);
    if (which.diffs.some(({ isPurge }) => isPurge)) return [];
    for (const { id, before = { deleted_at: null } } of which.diffs.toReversed()) {
      const own = later.filter((diff) => diff.id === id);
      if (own.some(({ isPurge }) => isPurge)) return [];
      const overlap = Object.keys(before).filter((name) => own.some((diff) => name in (diff.before ?? {})));
      if (overlap.length > 0) return overlap.sort();
    }
    return undefined;
  }

  /** Each step's fields as they were, the last step first; or the field that would contradict another. */
  undone({ diffs }: Made): Row[] | string[] {
    const tasks = new Map(this.tasks);
    const rows: Row[] = [];
    for (const { id, before = { deleted_at: NOW } } of diffs.toReversed()) {
      const next = { ...tasks.get(id), ...before };
      const refused = contradictionOf(next);
      if (refused) return [refused];
      tasks.set(id, next);
      rows.push(next);
    }
    return rows;
  }
}

function contradictionOf({ due_all_day, due_datetime, is_sorted, priority }: Row): string | undefined {
  if (due_all_day && !String(due_datetime).endsWith("T00:00:00.000Z")) return "due_datetime";
  if (!is_sorted && priority !== "not_urgent_not_important") return "is_sorted";
  return undefined;
}

type State = { seq: number; live_count: number; trashed_count: number; tasks: Map<string, Row> };

async function stateOf({ db, actor }: Ctx): Promise<State> {
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

function expectCounted({ tasks, live_count, trashed_count }: State): void {
  const trashed = [...tasks.values()].filter(({ deleted_at }) => deleted_at !== null).length;
  expect({ live_count, trashed_count }).toEqual({ live_count: tasks.size - trashed, trashed_count: trashed });
}

const MIDNIGHT = new Date("2026-03-01");
const dates = [MIDNIGHT, new Date("2026-03-02"), new Date("2026-03-01T09:30Z"), null];

const patch: fc.Arbitrary<Partial<TaskFields>> = fc.oneof(
  fc.record({ title: fc.constantFrom("a", "b", "c") }),
  fc.record({ description: fc.constantFrom("x", "y", null) }),
  fc.record({ priority: fc.constantFrom(...PRIORITIES) }),
  fc.record({ dueDatetime: fc.constantFrom(...dates) }),
  fc.record({ dueAllDay: fc.boolean() }),
  fc.record({ isCompleted: fc.boolean() }),
  fc.record({ position: fc.constantFrom("a0", "a1", "a1V") }),
  fc.constant({ isSorted: true }),
  fc.record({ title: fc.constantFrom("d", "e"), dueDatetime: fc.constant(MIDNIGHT), dueAllDay: fc.boolean() }),
);

type Verb = (ctx: Ctx, id: string) => Promise<Task>;

const verb = (name: string, run: Verb, asked: Row = {}) => ({ name, run, asked });

const verbs = fc.oneof(
  { weight: 8, arbitrary: patch.map((patch) => verb("update", (ctx, id) => updateTask(ctx, id, patch), toWire(patch) as Row)) },
  { weight: 1, arbitrary: patch.map((patch) => verb("create", (ctx) => createTask(ctx, { title: "New", ...patch }), toWire(patch) as Row)) },
  { weight: 1, arbitrary: fc.constant(verb("delete", deleteTask)) },
  { weight: 1, arbitrary: fc.constant(verb("restore", restoreTask)) },
);

const nth = fc.nat(3);
const write = fc.record({ verb: verbs, nth });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ writes: fc.tuple(write) }) },
  { weight: 2, arbitrary: fc.record({ writes: fc.array(write, { minLength: 2, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ purged: nth }) },
  { weight: 6, arbitrary: fc.record({ undone: fc.nat(100) }) },
);

type Step = { writes: { verb: ReturnType<typeof verb>; nth: number }[] } | { purged: number } | { undone: number };

type Board = { model: Model; ctx: () => ReturnType<typeof ctxOf> };

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );

/** As a batch does it: several are one change, and what is refused does nothing. */
async function writeAll({ model, ctx }: Board, writes: (Step & { writes: unknown })["writes"]): Promise<void> {
  const own = ctx();
  const ids = [...model.tasks.keys()];
  const done: { task: Task; asked: Row }[] = [];
  await writeTogether(own, async (ctx) => {
    for (const { verb, nth } of writes) {
      const id = ids[nth % ids.length] ?? uuidv7();
      const work = transaction(ctx, async (ctx) => {
        done.push({ task: await verb.run(ctx, id), asked: verb.asked });
      });
      const failure = await failureOf(work);
      if (failure) expect(["not_found", "invalid"]).toContain(failure.code);
    }
  });
  model.write(own.write.changeId, done);
}

async function purge({ model, ctx }: Board, nth: number): Promise<void> {
  const own = ctx();
  const trash = [...model.tasks.values()].filter(({ deleted_at }) => deleted_at !== null);
  const id = trash[nth % trash.length]?.id;
  if (typeof id === "string") model.purge(own, await purgeTask(own, id));
}

async function undo({ model, ctx }: Board, nth: number): Promise<boolean> {
  const own = ctx();
  const which = model.made[nth % model.made.length];
  if (!which) return false;
  const before = await stateOf(own);
  const expected = model.overlapOf(which) ?? model.undone(which);
  const work = undoChange(own, which.changeId);
  const failure = await failureOf(work);
  const after = await stateOf(own);
  if (Array.isArray(expected)) {
    expect(failure?.code).toBe("conflict");
    expect((failure?.extras.errors ?? []).map(({ path }) => path).sort()).toEqual(expected);
    expect(after).toEqual(before);
    return false;
  }
  expect(failure).toBeUndefined();
  const { tasks } = await work;
  model.undo(own.write.changeId, which, expected, after.tasks);
  expect(after.tasks).toEqual(model.tasks);
  for (const task of tasks) expect(fieldsOf(task)).toEqual(model.tasks.get(task.id));
  return true;
}

test("an undo puts back what the change did and no more, or names what stands against it", async () => {
  const counts = { done: 0, all: 0 };
  const steps = fc.array(step, { minLength: 4, maxLength: 14, size: "max" });
  const property = fc.asyncProperty(steps, async (steps: Step[]) => {
    const spaceId = await newSpace();
    const board: Board = { model: new Model(), ctx: () => ctxOf(database, spaceId) };
    const create = verb("create", (ctx) => createTask(ctx, { title: "New" }));
    for (const nth of [0, 1]) await writeAll(board, [{ verb: create, nth }]);
    for (const step of steps) {
      if ("writes" in step) await writeAll(board, step.writes);
      else if ("purged" in step) await purge(board, step.purged);
      else {
        counts.all += 1;
        counts.done += Number(await undo(board, step.undone));
      }
    }
    const state = await stateOf(board.ctx());
    expect(state.tasks).toEqual(board.model.tasks);
    expectCounted(state);
  });
  await fc.assert(property, { numRuns: RUNS });
  expect(counts.done).toBeGreaterThan(counts.all / 10);
  expect(counts.done).toBeLessThan(counts.all * 0.9);
}, 240_000);
