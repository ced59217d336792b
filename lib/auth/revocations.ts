import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { sessions } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import { LEGACY_TOKEN_SECONDS } from "./lifetimes";
import { SKEW_SECONDS } from "./tokens";

/** As long as a token may live that was made just before its session ended. */
const MEMORY_SECONDS = LEGACY_TOKEN_SECONDS + SKEW_SECONDS;

/** A revocation is visible this much after its own time at most: its transaction had to commit. */
const OVERLAP_SECONDS = 10;

const RENEW_MS = 1_000;
const MAX_AGE_MS = 2_000;
const MAX_AGE_WITHOUT_DATABASE_MS = 5_000;

/** Who has waited for longer than this in vain does not go on to wait as long again for what was asked for. */
const MAX_WAIT_IN_VAIN_MS = 500;

type Pulled = { at_ms: number; revoked: [id: string, atMs: number][] };

type List = {
  isRevoked(sessionId: string): Promise<boolean>;
  mark(ids: readonly string[]): void;
};

const lists = processWide("revocations", () => new Map<Db, List>());

/** Whether the session ended, from a list that is at most 2 s old: no request waits for a query of its own. */
export function isRevoked(db: Db, sessionId: string): Promise<boolean> {
  const list = lists.get(db) ?? createList(db);
  lists.set(db, list);
  return list.isRevoked(sessionId);
}

type Listener = (ids: readonly string[]) => void;

const listeners = processWide("revocation listeners", () => new Set<Listener>());

/** Lets this process know before it asks, and whoever else has said that they want to. */
export function markRevoked(ids: readonly string[]): void {
  hearRevoked(ids);
  if (ids.length > 0) for (const listener of listeners) listener(ids);
}

/** What somebody else has marked. */
export function hearRevoked(ids: readonly string[]): void {
  for (const list of lists.values()) list.mark(ids);
}

export const onRevoked = (listener: Listener) => void listeners.add(listener);

function createList(db: Db): List {
  const revoked = new Map<string, number>();
  let asOfMs: number | undefined;
  let pulledAt = Number.NEGATIVE_INFINITY;
  let pulling: Promise<void> | undefined;

  async function pull(): Promise<void> {
    const startedAt = performance.now();
    const { at_ms, revoked: found } = await readRevoked(db, asOfMs);
    for (const [id, atMs] of found) revoked.set(id, atMs);
    for (const [id, atMs] of revoked) if (atMs < at_ms - MEMORY_SECONDS * 1000) revoked.delete(id);
    asOfMs = at_ms;
    pulledAt = startedAt;
  }

  const renew = () => {
    pulling ??= pull().finally(() => {
      pulling = undefined;
    });
    return pulling;
  };

  return {
    mark: (ids) => {
      for (const id of ids) revoked.set(id, Date.now());
    },
    isRevoked: async (sessionId) => {
      const askedAt = performance.now();
      const age = () => performance.now() - pulledAt;
      if (age() >= MAX_AGE_MS)
        await renew().catch((error) => failUnlessRecent(error, age(), performance.now() - askedAt));
      else if (age() >= RENEW_MS)
        renew().catch(() => log.warn("The list of revoked sessions was not renewed."));
      return revoked.has(sessionId);
    },
  };
}

/** Without a list that is recent enough nobody can be let in. */
function failUnlessRecent(error: unknown, ageMs: number, waitedMs: number): void {
  if (ageMs > MAX_AGE_WITHOUT_DATABASE_MS || waitedMs > MAX_WAIT_IN_VAIN_MS) throw error;
}

async function readRevoked(db: Db, sinceMs: number | undefined): Promise<Pulled> {
  const since =
    sinceMs === undefined
      ? sql`now() - make_interval(secs => ${MEMORY_SECONDS})`
      : sql`to_timestamp(${sinceMs / 1000 - OVERLAP_SECONDS}::float8)`;
  const { rows } = await db.execute<Pulled>(sql`
    select (extract(epoch from now()) * 1000)::float8 as at_ms, coalesce((
      select json_agg(json_build_array(id, extract(epoch from revoked_at) * 1000))
      from ${sessions} where revoked_at > ${since}), '[]') as revoked`);
  if (!rows[0]) throw new Error("The revoked sessions could not be read.");
  return rows[0];
}
