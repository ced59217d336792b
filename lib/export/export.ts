import { and, asc, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { type Ctx, snapshot } from "@/lib/context";
import { accounts, changes, securityEvents, sessions, tasks, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";
import { present, taskColumns } from "@/lib/tasks/row";

const PAGE_ROWS = 500;

/** Each holds a connection for as long as its reader takes. */
const AT_ONCE = 2;

const running = processWide("exports", () => ({ count: 0 }));

type Part = readonly [name: string, value: unknown];

/** Everything of the user, as it is at one moment. */
export async function* exportAll(ctx: Ctx): AsyncGenerator<Part> {
  if (running.count >= AT_ONCE)
    throw new AppError("unavailable", "Others are being served.", { retryAfterSeconds: 5 });
  running.count += 1;
  try {
    yield* snapshot(ctx, readAll);
  } finally {
    running.count -= 1;
  }
}

async function* readAll({ db, actor }: Ctx): AsyncGenerator<Part> {
  const { userId } = actor;
  const exportedAt = new Date();
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  yield ["exported_at", exportedAt];
  yield ["user", { ...user, userId }];
  yield ["accounts", await db.select().from(accounts).where(eq(accounts.userId, userId))];
  yield [
    "sessions",
    await db.select().from(sessions).where(eq(sessions.userId, userId)).orderBy(asc(sessions.id)),
  ];
  const id = (row: { id: string }) => row.id;
  const seq = (row: { seq: number }) => row.seq;
  yield* pages("tasks", id, (after) => readTasks({ db, actor }, isNull(tasks.deletedAt), after));
  yield* pages("trash", id, (after) => readTasks({ db, actor }, isNotNull(tasks.deletedAt), after));
  yield* pages("changes", seq, (after) => readChanges({ db, actor }, after));
  yield* pages("events", id, (after) => readEvents({ db, actor }, after));
}

async function* pages<Row, Key>(
  name: string,
  keyOf: (row: Row) => Key,
  read: (after: Key | undefined) => Promise<Row[]>,
): AsyncGenerator<Part> {
  let after: Key | undefined;
  for (;;) {
    const rows = await read(after);
    yield [name, rows];
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = keyOf(last);
  }
}

type Reader = Pick<Ctx, "db" | "actor">;

async function readTasks({ db, actor }: Reader, which: ReturnType<typeof isNull>, after: string | undefined) {
  const rows = await db
    .select(taskColumns)
    .from(tasks)
    .where(and(eq(tasks.spaceId, actor.spaceId), which, after ? gt(tasks.id, after) : undefined))
    .orderBy(asc(tasks.id))
    .limit(PAGE_ROWS);
  return rows.map(present);
}

const readChanges = ({ db, actor }: Reader, after: number | undefined) =>
  db
    .select()
    .from(changes)
    .where(and(eq(changes.spaceId, actor.spaceId), after ? gt(changes.seq, after) : undefined))
    .orderBy(asc(changes.seq))
    .limit(PAGE_ROWS);

const readEvents = ({ db, actor }: Reader, after: string | undefined) =>
  db
    .select()
    .from(securityEvents)
    .where(and(eq(securityEvents.userId, actor.userId), after ? gt(securityEvents.id, after) : undefined))
    .orderBy(asc(securityEvents.id))
    .limit(PAGE_ROWS);
