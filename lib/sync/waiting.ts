import { sql } from "drizzle-orm";
import { awaited, isAwaited, listen, wake } from "@/lib/changes/announce";
import type { Ctx } from "@/lib/context";
import type { Db } from "@/lib/db/client";
import { spaces } from "@/lib/db/schema";
import { isDraining } from "@/lib/draining";
import { processWide } from "@/lib/process-wide";

/** How soon a change made by another process is noticed. */
const POLL_MS = 500;

type State = {
  /** The last change that each waiter knows of. */
  known: Map<string, number>;
  clients: number;
  timer: NodeJS.Timeout | undefined;
};

const state = processWide("sync waiting", (): State => ({ known: new Map(), clients: 0, timer: undefined }));

type Wait = { seq: number; milliseconds: number; signal: AbortSignal };

/**
 * Until the space has changed since `seq`, the time is over, the client has left, or the process is to end. However many
 * wait, they hold no connection, and one query for all of them looks for what other processes have written.
 */
export function untilChanged(ctx: Ctx, { seq, milliseconds, signal }: Wait): Promise<void> {
  if (isDraining() || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const { spaceId } = ctx.actor;
    const done = () => {
      clearTimeout(timer);
      stop();
      state.clients -= 1;
      if (!isAwaited(spaceId)) state.known.delete(spaceId);
      signal.removeEventListener("abort", done);
      resolve();
    };
    state.clients += 1;
    const timer = setTimeout(done, milliseconds);
    const stop = listen(spaceId, done);
    signal.addEventListener("abort", done);
    state.known.set(spaceId, Math.min(seq, state.known.get(spaceId) ?? seq));
    state.timer ??= setTimeout(() => look(ctx.db), POLL_MS);
  });
}

export const waitingClients = (): number => state.clients;

/** Answers everybody who waits; while the process drains, nobody begins to. */
export function wakeEverybody(): void {
  for (const spaceId of awaited()) wake(spaceId);
}

async function look(db: Db): Promise<void> {
  const ids = awaited();
  try {
    if (ids.length > 0) await wakeChanged(db, ids);
  } catch {
    // A database that is gone: those who wait find out when they ask again.
  } finally {
    state.timer = state.known.size > 0 ? setTimeout(() => look(db), POLL_MS) : undefined;
  }
}

async function wakeChanged(db: Db, ids: string[]): Promise<void> {
  const rows = await db
    .select({ id: spaces.id, seq: spaces.seq })
    .from(spaces)
    .where(sql`${spaces.id} = any(${`{${ids.join(",")}}`}::uuid[])`);
  for (const { id, seq } of rows) if (seq > (state.known.get(id) ?? seq)) wake(id);
}
