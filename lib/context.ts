import { sql } from "drizzle-orm";
import { type Database, type Db, databaseOf } from "@/lib/db/client";
import { isConnectionLost } from "@/lib/db/failures";
import type { Scope } from "@/lib/scopes";
import type { Write } from "@/lib/write";

export type Actor = {
  userId: string;
  spaceId: string;
  sessionId: string;
  /** When the person last proved who they are. */
  authenticatedAt: Date;
  scopes: readonly Scope[];
};

/** Where a request comes from. */
export type Client = {
  /** As far as it can be known: see `lib/http/trusted-address.ts`. */
  address: string | null;
  userAgent: string | null;
};

export type Ctx = { actor: Actor; db: Db; client?: Client; write?: Write };

/** Of who has not said who they are. */
export type PublicCtx = Omit<Ctx, "actor">;

type WithDb = { db: Db };

/**
 * All of it or nothing. Inside another transaction it is a savepoint: what `fn` did is undone when it throws, and the
 * caller may go on. `fn` never runs twice, so it may do more than talk to the database.
 */
export function transaction<C extends WithDb, T>(ctx: C, fn: (ctx: C) => Promise<T>): Promise<T> {
  const database = databaseOf(ctx.db);
  return database ? runTransaction(database, ctx, fn) : runSavepoint(ctx, fn);
}

async function runTransaction<C extends WithDb, T>(
  database: Database,
  ctx: C,
  fn: (ctx: C) => Promise<T>,
): Promise<T> {
  const { db, release } = await database.begin();
  try {
    const result = await fn({ ...ctx, db });
    await commit(db);
    release();
    return result;
  } catch (error) {
    release(await rollback(db, error));
    throw error;
  }
}

/** All that is read is of one moment, however long it takes. Ends when the reader stops reading. */
export async function* snapshot<C extends WithDb, T>(
  ctx: C,
  read: (ctx: C) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const database = databaseOf(ctx.db);
  if (!database) throw new Error("A snapshot is not taken inside a transaction.");
  const { db, release } = await database.begin();
  let failure: unknown;
  try {
    await db.execute(sql`set transaction isolation level repeatable read, read only`);
    yield* read({ ...ctx, db });
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    release(await rollback(db, failure));
  }
}

/** After a failed statement PostgreSQL answers COMMIT by rolling back, without an error. */
async function commit(db: Db): Promise<void> {
  const { command } = await db.execute(sql`commit`);
  if (command !== "COMMIT") throw new Error("Nothing was committed: a statement of the transaction failed.");
}

/** What stands against using the connection again, if anything. */
async function rollback(db: Db, error: unknown): Promise<unknown> {
  if (isConnectionLost(error)) return error;
  return db.execute(sql`rollback`).then(
    () => undefined,
    (failure: unknown) => failure,
  );
}

let savepoints = 0;

async function runSavepoint<C extends WithDb, T>(ctx: C, fn: (ctx: C) => Promise<T>): Promise<T> {
  savepoints += 1;
  const name = sql.identifier(`nested_${savepoints}`);
  await ctx.db.execute(sql`savepoint ${name}`);
  try {
    const result = await fn(ctx);
    await ctx.db.execute(sql`release savepoint ${name}`);
    return result;
  } catch (error) {
    if (!isConnectionLost(error)) await undoTo(ctx.db, name);
    throw error;
  }
}

async function undoTo(db: Db, name: ReturnType<typeof sql.identifier>): Promise<void> {
  try {
    await db.execute(sql`rollback to savepoint ${name}`);
    await db.execute(sql`release savepoint ${name}`);
  } catch {
    // The transaction is beyond saving; what made it so is the error that the caller gets.
  }
}
