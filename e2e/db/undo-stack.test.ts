import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { ctxOf, newSpace } from "@/e2e/support/sync-client";
import { expectCounted, failureOf, namesIn, type Row, stateOf } from "@/e2e/support/undo-model";
import { runBatch } from "@/lib/batch/batch";
import { Unread } from "@/lib/batch/schemas";
import { undoChange } from "@/lib/changes/undo-change";
import type { Ctx } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { nested } from "@/lib/http/nested";
import { completeTask, createTask, deleteTask, restoreTask, updateTask } from "@/lib/tasks/tasks";
import { uuidv7 } from "@/lib/uuid";

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;

const open = (url: string) =>
  connect({ url, poolMax: 2, connectTimeoutMs: 10_000, statementTimeoutMs: 20_000 });

beforeAll(async () => {
  home = await createDatabase();
  database = open(home.url);
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

type Act = (ctx: Ctx) => Promise<unknown>;

/** Says which change it was. */
async function changeBy(spaceId: string, act: Act): Promise<string> {
  const ctx = ctxOf(database, spaceId);
  await act(ctx);
  return String(ctx.write.changeId);
}

const [a, b, c] = [uuidv7(), uuidv7(), uuidv7()];

const batch = (...operations: Parameters<typeof runBatch>[1]["operations"]) => {
  return (ctx: Ctx) => runBatch(ctx, { atomic: true, operations }, nested("test"));
};
const move = (id: string, position: string) => ({
  op: "update" as const,
  id,
  body: new Unread({ position, priority: "urgent_not_important" }),
});

const ACTS: Act[] = [
  (ctx) => createTask(ctx, { id: a, title: "A" }),
  (ctx) => updateTask(ctx, a, { title: "A again" }),
  (ctx) => createTask(ctx, { id: b, title: "B", priority: "urgent_important", isCompleted: true }),
  (ctx) => updateTask(ctx, a, { priority: "urgent_important" }),
  (ctx) => updateTask(ctx, a, { position: "a0V" }),
  (ctx) => updateTask(ctx, a, { dueDatetime: new Date("2026-03-01"), dueAllDay: true }),
  (ctx) => completeTask(ctx, a, true),
  (ctx) => deleteTask(ctx, b),
  (ctx) => restoreTask(ctx, b),
  (ctx) => updateTask(ctx, a, { dueDatetime: new Date("2026-03-01T09:30Z"), description: "at half past" }),
  (ctx) => createTask(ctx, { id: c, title: "C", description: "x" }),
  batch(move(a, "a1"), move(b, "a2"), move(c, "a3")),
  batch({ op: "complete", id: c, body: new Unread({ completed: true }) }, { op: "delete", id: a }),
  (ctx) => completeTask(ctx, c, false),
  batch(move(b, "a4"), move(b, "a5"), { op: "delete", id: b }, { op: "restore", id: b }, move(b, "a6")),
  (ctx) => restoreTask(ctx, a),
  (ctx) => completeTask(ctx, a, false),
  (ctx) => updateTask(ctx, c, { isSorted: false }),
  batch({ op: "delete", id: a }, { op: "delete", id: b }, { op: "delete", id: c }),
  (ctx) => restoreTask(ctx, c),
];

/** What was not there yet at that time is in the trash now. */
function expectBoard(tasks: Map<string, Row>, then: Map<string, Row>): void {
  for (const [id, task] of tasks)
    if (then.has(id)) expect(task).toEqual(then.get(id));
    else expect(task.deleted_at).not.toBeNull();
}

test("what was done in order is undone in the reverse order, done again, and undone again", async () => {
  const spaceId = await newSpace(database);
  const read = () => stateOf(ctxOf(database, spaceId));
  const boards = [(await read()).tasks];
  let stack: string[] = [];
  for (const act of ACTS) {
    stack.push(await changeBy(spaceId, act));
    boards.push((await read()).tasks);
  }
  let at = ACTS.length;
  for (const direction of [-1, 1, -1, 1]) {
    const back: string[] = [];
    for (const changeId of stack.toReversed()) {
      back.push(await changeBy(spaceId, (ctx) => undoChange(ctx, changeId)));
      at += direction;
      const state = await read();
      expectBoard(state.tasks, boards[at] ?? new Map());
      expectCounted(state);
    }
    stack = back;
  }
  expect(at).toBe(ACTS.length);
}, 60_000);

test("a later change stands against an undo only until it is undone itself", async () => {
  const spaceId = await newSpace(database);
  const { id } = await createTask(ctxOf(database, spaceId), { title: "a" });
  const change = (title: string) => changeBy(spaceId, (ctx) => updateTask(ctx, id, { title }));
  const undo = (changeId: string) => failureOf(undoChange(ctxOf(database, spaceId), changeId));
  const title = async () => (await stateOf(ctxOf(database, spaceId))).tasks.get(id)?.title;
  const [first, second] = [await change("b"), await change("c")];
  expect(namesIn(await undo(first))).toEqual(["title"]);
  expect([await undo(second), await title()]).toEqual([undefined, "b"]);
  expect([await undo(first), await title()]).toEqual([undefined, "a"]);
  await change("b");
  expect([await undo(first), await title()]).toEqual([undefined, "a"]);
});

test("409 names the fields of every object of a batch, and none is put back", async () => {
  const spaceId = await newSpace(database);
  const [one, two] = [uuidv7(), uuidv7()];
  for (const id of [one, two]) await createTask(ctxOf(database, spaceId), { id, title: "a" });
  const body = new Unread({ title: "b", description: "b" });
  const both = batch({ op: "update", id: one, body }, { op: "update", id: two, body });
  const changeId = await changeBy(spaceId, both);
  await updateTask(ctxOf(database, spaceId), one, { title: "c", position: "a5" });
  await updateTask(ctxOf(database, spaceId), two, { description: "c" });
  const before = await stateOf(ctxOf(database, spaceId));
  const failure = await failureOf(undoChange(ctxOf(database, spaceId), changeId));
  expect([failure?.code, namesIn(failure)]).toEqual(["conflict", ["description", "title"]]);
  expect(await stateOf(ctxOf(database, spaceId))).toEqual(before);
});

test("a moment is the same in the log of a session of another time zone", async () => {
  const spaceId = await newSpace(database);
  const elsewhere = new URL(home.url);
  elsewhere.searchParams.set("options", "-c TimeZone=Asia/Tokyo");
  const tokyo = open(elsewhere.toString());
  try {
    const { id } = await createTask(ctxOf(database, spaceId), { title: "a" });
    const ctx = ctxOf(tokyo, spaceId);
    await updateTask(ctx, id, { dueDatetime: new Date("2026-03-01T09:30Z"), isCompleted: true });
    const { rows } = await tokyo.db.execute(
      sql`select after from changes where space_id = ${spaceId} and seq = 2`,
    );
    expect(JSON.stringify(rows)).toContain("+09:00");
    const { tasks } = await undoChange(ctxOf(database, spaceId), String(ctx.write.changeId));
    expect(tasks).toMatchObject([{ dueDatetime: null, completedAt: null }]);
  } finally {
    await tokyo.close();
  }
});

test("what the purge of old trash has taken is gone", async () => {
  const spaceId = await newSpace(database);
  const { id } = await createTask(ctxOf(database, spaceId), { title: "a" });
  const changeId = await changeBy(spaceId, (ctx) => deleteTask(ctx, id));
  await database.db.execute(sql`delete from tasks where space_id = ${spaceId}`);
  const failure = await failureOf(undoChange(ctxOf(database, spaceId), changeId));
  expect([failure?.code, namesIn(failure)]).toEqual(["conflict", []]);
});
