import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { rotateSession } from "@/lib/auth/rotate";
import type { Ctx } from "@/lib/context";
import { encodeCursor, signatureOf } from "@/lib/cursor";
import { syncChanges } from "@/lib/sync/sync";
import { encodeSyncToken } from "@/lib/sync/token";
import { listTasks, type TaskListQuery } from "@/lib/tasks/list-tasks";
import { completeTask, createTask, findTask, updateTask } from "@/lib/tasks/tasks";
import type { Endpoint } from "./endpoints";

/** A statement of ours, and its parameters for a request that says these things. */
export type Statement = { name: string; text: string; valuesFor(said: Partial<Said>): unknown[] };

type Said = typeof PLACEHOLDERS;

/** Stand where a request's own values will stand. */
const PLACEHOLDERS = {
  spaceId: "10000000-0000-4000-8000-000000000001",
  sessionId: "10000000-0000-4000-8000-000000000002",
  groupId: "10000000-0000-4000-8000-000000000003",
  id: "10000000-0000-4000-8000-000000000004",
  title: "10000000-0000-4000-8000-000000000005",
  completed: true,
  seq: 1_234_567_001,
  generation: 1_234_567_002,
};

const ORDER = { sortBy: "created_at", sortOrder: "desc" } as const;
const LIST: TaskListQuery = { ...ORDER, limit: 50, count: false };

/** What our verbs send to the database for each endpoint: so the floor works with the very same SQL. */
export async function readStatements(cursorOfOwner: string): Promise<Record<Endpoint, Statement>> {
  const sent: { text: string; values: unknown[] }[] = [];
  const client = new pg.Client();
  Object.assign(client, {
    query: async ({ text }: { text: string }, values: unknown[]) => {
      sent.push({ text, values });
      throw new Error("It is only asked what would be sent.");
    },
  });
  const { spaceId, sessionId, groupId, id, title } = PLACEHOLDERS;
  const ctx: Ctx = {
    actor: { userId: spaceId, spaceId, sessionId, authenticatedAt: new Date(), scopes: [] },
    db: drizzle({ client }),
    write: { groupId, ifMatch: null, idempotency: null, changeId: null, isReplay: false },
  };
  const capture = async (name: string, verb: () => Promise<unknown>): Promise<Statement> => {
    sent.length = 0;
    await verb().catch(() => {});
    const [statement] = sent;
    if (!statement) throw new Error(`Nothing was sent for ${name}.`);
    return {
      name,
      text: statement.text,
      valuesFor: (said) => statement.values.map((value) => fill(value, said)),
    };
  };
  const [, keys, last] = JSON.parse(Buffer.from(cursorOfOwner, "base64url").toString());
  const cursor = encodeCursor(signatureOf(ORDER), { keys, id: last });
  const token = encodeSyncToken(spaceId, { seq: PLACEHOLDERS.seq, after: null });
  const presented = { sessionId, generation: PLACEHOLDERS.generation, kind: "api" } as const;
  const signal = new AbortController().signal;
  return {
    get_one: await capture("get_one", () => findTask(ctx, id)),
    list: await capture("list", () => listTasks(ctx, LIST)),
    deep_page: await capture("deep_page", () => listTasks(ctx, { ...LIST, cursor })),
    create: await capture("create", () => createTask(ctx, { id, title })),
    patch: await capture("patch", () => updateTask(ctx, id, { title })),
    complete: await capture("complete", () => completeTask(ctx, id, true)),
    refresh: await capture("refresh", () => rotateSession(ctx, presented)),
    sync: await capture("sync", () => syncChanges(ctx, { token, limit: 100, wait: 0 }, signal)),
  };
}

function fill(value: unknown, said: Partial<Said>): unknown {
  for (const [name, placeholder] of Object.entries(PLACEHOLDERS))
    if (String(value) === String(placeholder)) return said[name as keyof Said] ?? value;
  return value;
}
