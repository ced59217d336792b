import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Ctx } from "@/lib/context";
import type { Database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { syncChanges } from "@/lib/sync/sync";
import { decodeSyncToken, type SyncPoint } from "@/lib/sync/token";
import type { Task } from "@/lib/tasks/row";
import { uuidv7 } from "@/lib/uuid";
import type { Write } from "@/lib/write";

/** A user as each process knows him: by his id alone. */
export const ctxOf = ({ db }: Database, spaceId: string): Ctx & { write: Write } => ({
  actor: { userId: spaceId, spaceId, sessionId: spaceId, authenticatedAt: new Date(), scopes: [] },
  db,
  write: { ifMatch: null, idempotency: null, changeId: null, isReplay: false },
});

/** A user's, who is nobody else and has no way to sign in. */
export async function newSpace({ db }: Pick<Database, "db">): Promise<string> {
  const id = uuidv7();
  await db.execute(sql`
    with person as (insert into users (id, email) values (${id}, ${`${id}@example.org`}) returning id)
    insert into spaces (id, owner_id) select id, id from person`);
  return id;
}

/** What a client holds, and the token that it goes on from. `isWhole`: no full sync is under way. */
type Copy = { token?: string; tasks: ReadonlyMap<string, Task>; isWhole: boolean };

const NOTHING: Copy = { tasks: new Map(), isWhole: false };

type Answer = Awaited<ReturnType<typeof syncChanges>>;

/** A client that does what the contract says, and holds the server to the rest of it with every page. */
export class SyncClient {
  restarts = 0;
  #copy = NOTHING;
  readonly #history: Copy[] = [NOTHING];
  readonly #seen = new Map<string, Task>();
  readonly #ctx: Ctx;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  get tasks(): Task[] {
    return [...this.#copy.tasks.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** One page; says whether to ask again at once: what was written during a full sync comes after it. */
  async pull(limit: number): Promise<boolean> {
    const { token, tasks } = this.#copy;
    const answer = await this.#ask(token, limit);
    if (!answer) return this.#startAgain();
    const { page } = answer;
    this.#check(token, answer, limit);
    const next = new Map(tasks);
    for (const { entityId, object } of page.changes) {
      if (object) this.#put(next, object);
      else next.delete(entityId);
    }
    this.#copy = { token: page.nextToken, tasks: next, isWhole: !(page.full && page.hasMore) };
    this.#history.push(this.#copy);
    return page.hasMore || page.full;
  }

  async catchUp(limit: number): Promise<void> {
    while (await this.pull(limit));
  }

  /** As after a crash: with an earlier copy, from its token. What came after it is forgotten. */
  rewind(which: number): void {
    this.#history.length = 1 + (which % this.#history.length);
    this.#copy = this.#history.at(-1) ?? NOTHING;
  }

  /** From an earlier token, with what it holds now. */
  replay(which: number): void {
    const { token, isWhole } = this.#history[which % this.#history.length] ?? NOTHING;
    if (isWhole && this.#copy.isWhole) this.#copy = { ...this.#copy, token };
  }

  async #ask(token: string | undefined, limit: number): Promise<Answer | undefined> {
    try {
      return await syncChanges(this.#ctx, { token, limit, wait: 0 }, new AbortController().signal);
    } catch (error) {
      if (error instanceof AppError && error.code === "sync_token_expired") return undefined;
      throw error;
    }
  }

  #startAgain(): true {
    expect(this.#copy.token).toBeDefined();
    this.#copy = NOTHING;
    this.restarts += 1;
    return true;
  }

  #check(token: string | undefined, { page, etag }: Answer, limit: number): void {
    const { spaceId } = this.#ctx.actor;
    const from = token === undefined ? undefined : decodeSyncToken(spaceId, token);
    const to = decodeSyncToken(spaceId, page.nextToken);
    const newest = Number(etag.replaceAll('"', ""));
    expect(page.full).toBe(!from || from.after !== null);
    expect(page.changes.length).toBeLessThanOrEqual(limit);
    if (page.hasMore) expect(page.changes).toHaveLength(limit);
    if (page.full) checkFull(from, to, page, newest);
    else if (from) checkNext(from, to, page, newest);
  }

  #put(tasks: Map<string, Task>, object: Task): void {
    const seen = this.#seen.get(object.id);
    // Whoever makes an object anew under the id of one that was deleted for good begins at version 1.
    const isAnew = seen && object.createdAt > seen.createdAt;
    if (seen && !isAnew) expect(object.version).toBeGreaterThanOrEqual(seen.version);
    expect(object.deletedAt).toBeNull();
    this.#seen.set(object.id, object);
    tasks.set(object.id, object);
  }
}

/** By id, in one row after another, and from the moment of the first page. */
function checkFull(from: SyncPoint | undefined, to: SyncPoint, page: Answer["page"], newest: number): void {
  const ids = page.changes.map(({ entityId }) => entityId);
  expect(ids).toEqual([...new Set(ids)].sort());
  if (from?.after && ids[0]) expect(ids[0] > from.after).toBe(true);
  expect(to).toEqual({ seq: from?.seq ?? newest, after: page.hasMore ? ids.at(-1) : null });
  expect(to.seq).toBeLessThanOrEqual(newest);
}

/** Every number once, and none left out; who has no more to ask for has the newest. */
function checkNext(from: SyncPoint, to: SyncPoint, page: Answer["page"], newest: number): void {
  const seqs = page.changes.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => from.seq + 1 + index));
  expect(to).toEqual({ seq: from.seq + seqs.length, after: null });
  if (page.hasMore) expect(to.seq).toBeLessThan(newest);
  else expect(to.seq).toBe(newest);
}
