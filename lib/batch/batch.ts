import type { z } from "zod";
import { writeTogether } from "@/lib/changes/write-together";
import { type Ctx, transaction } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Camel } from "@/lib/keys";
import type { Task } from "@/lib/tasks/row";
import { TaskComplete, TaskCreate, TaskUpdate } from "@/lib/tasks/schemas";
import { completeTask, createTask, deleteTask, restoreTask, updateTask } from "@/lib/tasks/tasks";
import type { Write } from "@/lib/write";
import type { Unread } from "./schemas";

type Operation = {
  op: "create" | "update" | "complete" | "delete" | "restore";
  id?: string;
  body?: Unread;
  ifMatch?: number;
};

type Batch = { atomic: boolean; operations: Operation[] };

type Result = { status: number; data?: Task; problem?: Record<string, unknown> };

/** How one of the requests is read and refused: as if it had come alone. */
type Nested = {
  read<S extends z.ZodType>(schema: S, body: unknown): Camel<z.output<S>>;
  versions(ifMatch: number | undefined, body: unknown): readonly number[] | null;
  problem(error: AppError): Record<string, unknown> & { status: number };
};

/** In order, in one transaction, as one change; each operation by itself unless all are to succeed or none. */
export function runBatch(ctx: Ctx, { atomic, operations }: Batch, nested: Nested) {
  return writeTogether(ctx, async (ctx) => {
    const results: Result[] = [];
    for (const [index, operation] of operations.entries()) {
      const one = (ctx: Ctx) => perform(ctx, operation, nested);
      results.push(await (atomic ? one(ctx).catch(failAt(index)) : apart(ctx, one, nested)));
    }
    return { results };
  });
}

function failAt(index: number) {
  return (error: unknown): never => {
    if (!(error instanceof AppError)) throw error;
    const { code, message, extras } = error;
    const at = `operations.${index}`;
    const own = extras.errors?.map((issue) => ({ ...issue, path: `${at}.body.${issue.path}` }));
    const errors = own ?? [{ path: at, code, message }];
    throw new AppError(code, `${at}: ${message}`, { ...extras, errors, cause: error });
  };
}

async function apart(ctx: Ctx, one: (ctx: Ctx) => Promise<Result>, nested: Nested): Promise<Result> {
  try {
    return await transaction(ctx, one);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "unavailable") throw error;
    const problem = nested.problem(error);
    return { status: problem.status, problem };
  }
}

async function perform(ctx: Ctx, operation: Operation, nested: Nested): Promise<Result> {
  const members = operation.body?.members ?? {};
  const ifMatch = nested.versions(operation.ifMatch, members);
  const shared = ctx.write;
  const write: Write | undefined = shared && { ...shared, ifMatch };
  const result = await call({ ...ctx, write }, operation, members, nested);
  if (shared && write) shared.changeId = write.changeId;
  return result;
}

async function call(ctx: Ctx, { op, id }: Operation, members: object, { read }: Nested): Promise<Result> {
  if (op === "create") {
    const fields = read(TaskCreate, id ? { id, ...members } : members);
    return { status: 201, data: await createTask(ctx, fields) };
  }
  if (id === undefined) throw missing("id");
  if (op === "update") {
    return { status: 200, data: await updateTask(ctx, id, read(TaskUpdate, members)) };
  }
  if (op === "restore") return { status: 200, data: await restoreTask(ctx, id) };
  if (op === "complete") {
    const { completed } = read(TaskComplete, members);
    return { status: 200, data: await completeTask(ctx, id, completed) };
  }
  await deleteTask(ctx, id);
  return { status: 204 };
}

const missing = (path: string) =>
  new AppError("invalid", `${path}: is required`, {
    errors: [{ path, code: "required", message: "is required" }],
  });
