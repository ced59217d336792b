import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { ctxOf, newSpace } from "@/e2e/support/sync-client";
import {
  expectCounted,
  failureOf,
  fieldsOf,
  Model,
  namesIn,
  type Row,
  stateOf,
} from "@/e2e/support/undo-model";
import { runBatch } from "@/lib/batch/batch";
import { Unread } from "@/lib/batch/schemas";
import { undoChange } from "@/lib/changes/undo-change";
import { writeTogether } from "@/lib/changes/write-together";
import { type Ctx, transaction } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { nested } from "@/lib/http/nested";
import { purge as purgeAll } from "@/lib/jobs/purge";
import { toWire } from "@/lib/keys";
import type { TaskFields } from "@/lib/tasks/fields";
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
  fc.record({
    title: fc.constantFrom("d", "e"),
    dueDatetime: fc.constant(MIDNIGHT),
    dueAllDay: fc.boolean(),
  }),
);

type Verb = (ctx: Ctx, id: string) => Promise<Task>;

const verb = (name: string, run: Verb, asked: Row = {}) => ({ name, run, asked });

const verbs = fc.oneof(
  {
    weight: 8,
    arbitrary: patch.map((patch) =>
      verb("update", (ctx, id) => updateTask(ctx, id, patch), toWire({ ...patch }) as Row),
    ),
  },
  {
    weight: 1,
    arbitrary: patch.map((patch) =>
      verb("create", (ctx) => createTask(ctx, { title: "New", ...patch }), toWire({ ...patch }) as Row),
    ),
  },
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

type One = { verb: ReturnType<typeof verb>; nth: number };

type Step = { writes: One[] } | { purged: number } | { undone: number };

type Board = { model: Model; ctx: () => ReturnType<typeof ctxOf> };

/** As a batch does it: several are one change, and what is refused does nothing. */
async function writeAll({ model, ctx }: Board, writes: One[]): Promise<void> {
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
  const expected = model.expected(which);
  const work = undoChange(own, which.changeId);
  const failure = await failureOf(work);
  const after = await stateOf(own);
  if ("conflict" in expected) {
    expect(failure?.code).toBe("conflict");
    expect(namesIn(failure)).toEqual(expected.conflict);
    expect(after).toEqual(before);
    return false;
  }
  expect(failure).toBeUndefined();
  const { tasks } = await work;
  model.undo(own, expected.rows, (id) => after.tasks.get(String(id))?.deleted_at);
  expect(after.tasks).toEqual(model.tasks);
  for (const task of tasks) expect(fieldsOf(task)).toEqual(model.tasks.get(task.id));
  return true;
}

test("an undo puts back what the change did and no more, or names what stands against it", async () => {
  const counts = { done: 0, all: 0 };
  const steps = fc.array(step, { minLength: 4, maxLength: 14, size: "max" });
  const property = fc.asyncProperty(steps, async (steps: Step[]) => {
    const spaceId = await newSpace(database);
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

/** A task with one change to it, and that change. */
async function changed(patch: Partial<TaskFields> = { title: "b" }) {
  const spaceId = await newSpace(database);
  const { id } = await createTask(ctxOf(database, spaceId), { title: "a" });
  const ctx = ctxOf(database, spaceId);
  await updateTask(ctx, id, patch);
  return { spaceId, id, changeId: String(ctx.write.changeId) };
}

describe("an undo", () => {
  test("of an undo is done too", async () => {
    const { spaceId, id, changeId } = await changed();
    const titles: unknown[] = [];
    for (let next = changeId; titles.length < 4; ) {
      const ctx = ctxOf(database, spaceId);
      const { tasks } = await undoChange(ctx, next);
      titles.push(tasks.find((task) => task.id === id)?.title);
      next = String(ctx.write.changeId);
    }
    expect(titles).toEqual(["a", "b", "a", "b"]);
  });

  test("of a batch undoes all of it, what it wrote twice too, and can be undone", async () => {
    const { spaceId, id } = await changed();
    const ctx = ctxOf(database, spaceId);
    const before = await stateOf(ctx);
    const operations = [
      { op: "update" as const, id, body: new Unread({ title: "c", priority: "urgent_important" }) },
      { op: "create" as const, id: uuidv7(), body: new Unread({ title: "New" }) },
      { op: "update" as const, id, body: new Unread({ title: "d", is_completed: true }) },
      { op: "delete" as const, id },
    ];
    await runBatch(ctx, { atomic: true, operations }, nested("test"));
    const after = await stateOf(ctx);
    const undone = ctxOf(database, spaceId);
    await undoChange(undone, String(ctx.write.changeId));
    const { tasks } = await stateOf(ctx);
    expect(tasks.get(id)).toEqual(before.tasks.get(id));
    expect([...tasks.values()].map(({ deleted_at }) => deleted_at !== null)).toEqual([false, true]);
    await undoChange(ctxOf(database, spaceId), String(undone.write.changeId));
    expect((await stateOf(ctx)).tasks).toEqual(after.tasks);
    expectCounted(await stateOf(ctx));
  });

  test("that would contradict a later change of another field names its own field", async () => {
    const { spaceId, id, changeId } = await changed({ dueDatetime: MIDNIGHT });
    await updateTask(ctxOf(database, spaceId), id, { dueAllDay: true });
    const failure = await failureOf(undoChange(ctxOf(database, spaceId), changeId));
    expect([failure?.code, namesIn(failure)]).toEqual(["conflict", ["due_datetime"]]);
  });

  test("twice at once is done once", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { spaceId, changeId } = await changed();
      const undos = [database, other].map((process) =>
        failureOf(undoChange(ctxOf(process, spaceId), changeId)),
      );
      const [failure, ...more] = (await Promise.all(undos)).filter((failure) => failure !== undefined);
      expect([failure?.code, namesIn(failure), more]).toEqual(["conflict", ["title"], []]);
    }
  });

  test("against a write of the same field at once: whichever comes first, what was written stays", async () => {
    const firsts = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const { spaceId, id, changeId } = await changed();
      const [undo, write] = [ctxOf(database, spaceId), ctxOf(other, spaceId)];
      const [failure] = await Promise.all([
        failureOf(undoChange(undo, changeId)),
        updateTask(write, id, { title: "c" }),
      ]);
      firsts.add(failure ? "write" : "undo");
      if (failure) expect([failure.code, namesIn(failure)]).toEqual(["conflict", ["title"]]);
      const { seq, tasks } = await stateOf(write);
      expect([seq, tasks.get(id)?.title]).toEqual([failure ? 3 : 4, "c"]);
    }
    expect(firsts.has("write")).toBe(true);
  });

  test("and a write of another field at once both count", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { spaceId, id, changeId } = await changed();
      const write = ctxOf(other, spaceId);
      await Promise.all([
        undoChange(ctxOf(database, spaceId), changeId),
        updateTask(write, id, { description: "x" }),
      ]);
      expect((await stateOf(write)).tasks.get(id)).toMatchObject({ title: "a", description: "x" });
    }
  });

  test("of somebody else's change, or of none, finds nothing", async () => {
    const { spaceId, id, changeId } = await changed();
    // An id may be another space's too.
    const stranger = await newSpace(database);
    await createTask(ctxOf(database, stranger), { id, title: "b" });
    const states = () => Promise.all([spaceId, stranger].map((space) => stateOf(ctxOf(database, space))));
    const before = await states();
    for (const [space, id] of [
      [stranger, changeId],
      [spaceId, uuidv7()],
    ] as const)
      expect((await failureOf(undoChange(ctxOf(database, space), id)))?.code).toBe("not_found");
    expect(await states()).toEqual(before);
  });

  test("does not reach an object that was made anew under the id of one that is gone", async () => {
    const { spaceId, id, changeId } = await changed();
    const ctx = () => ctxOf(database, spaceId);
    await deleteTask(ctx(), id);
    await database.db.execute(sql`update tasks set deleted_at = now() - interval '31 days' where id = ${id}`);
    await purgeAll(ctx());
    await createTask(ctx(), { id, title: "b" });
    expect((await failureOf(undoChange(ctx(), changeId)))?.code).toBe("conflict");
    expect((await stateOf(ctx())).tasks.get(id)?.title).toBe("b");
  });
});
