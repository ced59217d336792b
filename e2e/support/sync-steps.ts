import fc from "fast-check";
import { runBatch } from "@/lib/batch/batch";
import { Unread } from "@/lib/batch/schemas";
import { undoChange } from "@/lib/changes/undo-change";
import type { Ctx } from "@/lib/context";
import { PRIORITIES } from "@/lib/db/schema/columns";
import { AppError } from "@/lib/errors";
import { nested } from "@/lib/http/nested";
import { toWire } from "@/lib/keys";
import { completeTask, createTask, deleteTask, restoreTask, updateTask } from "@/lib/tasks/tasks";
import { purgeTask } from "@/lib/trash/trash";
import type { ctxOf, SyncClient } from "./sync-client";

/** `made` are the changes of all clients of the board, for any of them to undo. */
export type Client = { ctx: () => ReturnType<typeof ctxOf>; sync: SyncClient; made: string[] };

export type Step = (client: Client) => Promise<unknown>;

/** What fast-check shows of a run that failed. */
const named = <S extends object>(text: string, step: S): S =>
  Object.assign(step, { [fc.toStringMethod]: () => text });

/** Few, so that the clients get in each other's way. */
const IDS = Array.from({ length: 9 }, (_, index) => `00000000-0000-7000-8000-00000000000${index}`);

type Operation = Parameters<typeof runBatch>[1]["operations"][number];

/** The same write alone and in a batch. */
const write = (op: Operation["op"], id: string, alone: (ctx: Ctx) => Promise<unknown>, body: object = {}) =>
  named(`${op} ${id.at(-1)} ${JSON.stringify(body)}`, {
    alone,
    operation: { op, id, body: new Unread(toWire({ ...body }) as Record<string, unknown>) },
  });

const id = fc.constantFrom(...IDS);
const patch = fc.oneof(
  fc.record({ title: fc.constantFrom("a", "b", "c") }),
  fc.record({ description: fc.constantFrom("x", "y", null) }),
  fc.record({ priority: fc.constantFrom(...PRIORITIES) }),
  fc.record({ dueDatetime: fc.constantFrom(new Date("2026-03-01"), new Date("2026-04-01T09:30Z"), null) }),
);
const creating = fc.tuple(id, patch).map(([id, patch]) => {
  const fields = { title: "New", ...patch };
  return write("create", id, (ctx) => createTask(ctx, { ...fields, id }), fields);
});
const patching = fc
  .tuple(id, patch)
  .map(([id, patch]) => write("update", id, (ctx) => updateTask(ctx, id, patch), patch));
const completing = fc
  .tuple(id, fc.boolean())
  .map(([id, completed]) => write("complete", id, (ctx) => completeTask(ctx, id, completed), { completed }));
const deleting = id.map((id) => write("delete", id, (ctx) => deleteTask(ctx, id)));
const restoring = id.map((id) => write("restore", id, (ctx) => restoreTask(ctx, id)));
const writing = fc.oneof(creating, creating, patching, patching, completing, deleting, restoring);

const which = fc.nat(50);
export const limit = fc.integer({ min: 1, max: 7 });
const alone = writing.map((one) => named(fc.stringify(one), (client: Client) => attempt(client, one.alone)));
const together = fc
  .tuple(fc.boolean(), fc.array(writing, { minLength: 1, maxLength: 4 }))
  .map(([atomic, writes]) => {
    const operations = writes.map(({ operation }) => operation);
    return named(`batch ${atomic} ${fc.stringify(writes)}`, (client: Client) =>
      attempt(client, (ctx) => runBatch(ctx, { atomic, operations }, nested("test"))),
    );
  });
const undoing = which.map((which) =>
  named(`undo ${which}`, async (client: Client) => {
    const changeId = client.made[which % client.made.length];
    if (changeId) await attempt(client, (ctx) => undoChange(ctx, changeId));
  }),
);
const purging = id.map((id) =>
  named(`purge ${id.at(-1)}`, (client: Client) => attempt(client, (ctx) => purgeTask(ctx, id))),
);
const pulling = limit.map((limit) => named(`pull ${limit}`, ({ sync }: Client) => sync.pull(limit)));
const catchingUp = limit.map((limit) =>
  named(`catch up by ${limit}`, ({ sync }: Client) => sync.catchUp(limit)),
);
const goingBack = fc.tuple(fc.constantFrom("rewind", "replay"), which).map(([how, which]) =>
  named(`${how} ${which}`, async ({ sync }: Client) => {
    if (how === "rewind") sync.rewind(which);
    else sync.replay(which);
  }),
);
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: alone },
  { weight: 1, arbitrary: together },
  { weight: 2, arbitrary: undoing },
  { weight: 1, arbitrary: purging },
  { weight: 4, arbitrary: pulling },
  { weight: 1, arbitrary: catchingUp },
  { weight: 1, arbitrary: goingBack },
);
export const scripts = fc.array(fc.array(step, { minLength: 3, maxLength: 9, size: "max" }), {
  minLength: 2,
  maxLength: 3,
});

const REFUSALS = ["conflict", "not_found", "invalid"];

/** A write that may be refused, for what others have done before it. */
async function attempt({ ctx: newCtx, made }: Client, work: (ctx: Ctx) => Promise<unknown>) {
  const ctx = newCtx();
  await work(ctx).catch((error: unknown) => {
    if (!(error instanceof AppError) || !REFUSALS.includes(error.code)) throw error;
  });
  if (ctx.write.changeId) made.push(ctx.write.changeId);
}
