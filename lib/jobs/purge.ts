import { type SQL, sql } from "drizzle-orm";
import { KEPT_HOURS } from "@/lib/changes/idempotency";
import type { PublicCtx } from "@/lib/context";
import {
  changes,
  idempotencyKeys,
  mailLinks,
  securityEvents,
  sessions,
  spaces,
  tasks,
  throttles,
} from "@/lib/db/schema";
import { TRASH_DAYS } from "@/lib/trash/days";
import { purgeDeletedUsers } from "@/lib/users/purge";

const CHANGES_DAYS = 45;
const SESSIONS_DAYS = 30;
const EVENTS_DAYS = 365;

const BATCH_ROWS = 2_000;

const PATIENCE_MS = 50_000;

/** How many rows of each kind went, and whether that was all. */
export type Purged = { purged: Record<string, number>; isComplete: boolean };

/**
 * Removes what is kept for a time only. Bounded statements that lock as writers do, the space first, and pass over
 * whatever somebody else holds: any number of them may run at once.
 */
export async function purge(ctx: PublicCtx): Promise<Purged> {
  const deadline = performance.now() + PATIENCE_MS;
  const isLate = () => performance.now() > deadline;
  const purged: Purged["purged"] = {};
  for (const [name, statement] of Object.entries(statements))
    purged[name] = await repeat(ctx, statement, isLate);
  await purgeDeletedUsers(ctx);
  return { purged, isComplete: !isLate() };
}

async function repeat({ db }: PublicCtx, statement: SQL, isLate: () => boolean): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await db.execute<{ count: number }>(statement);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count < BATCH_ROWS || isLate()) return total;
  }
}

const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`;

const statements = {
  trash: sql`
    with old as materialized (
      select space_id, id from ${tasks} where deleted_at < ${daysAgo(TRASH_DAYS)} limit ${BATCH_ROWS}),
    held as materialized (
      select id from ${spaces} where id in (select space_id from old) order by id for no key update skip locked),
    gone as (
      delete from ${tasks} t using old, held
      where t.space_id = held.id and old.space_id = held.id and t.id = old.id and t.deleted_at < ${daysAgo(TRASH_DAYS)}
      returning t.space_id),
    counted as (
      update ${spaces} s set trashed_count = s.trashed_count - g.count
      from (select space_id, count(*)::int as count from gone group by 1) g where s.id = g.space_id)
    select count(*)::int as count from gone`,
  changes: sql`
    with old as materialized (
      select space_id, seq from ${changes} where at < ${daysAgo(CHANGES_DAYS)} limit ${BATCH_ROWS}),
    held as materialized (
      select id from ${spaces} where id in (select space_id from old) order by id for no key update skip locked),
    gone as (
      delete from ${changes} c using old, held
      where c.space_id = held.id and old.space_id = held.id and c.seq = old.seq returning c.space_id, c.seq),
    raised as (
      update ${spaces} s set floor_seq = greatest(s.floor_seq, g.seq)
      from (select space_id, max(seq) as seq from gone group by 1) g where s.id = g.space_id)
    select count(*)::int as count from gone`,
  keys: simple(sql`${idempotencyKeys} where created_at < now() - make_interval(hours => ${KEPT_HOURS})`),
  throttles: simple(sql`${throttles} where ends_at < now()`),
  links: simple(sql`${mailLinks} where expires_at < now()`),
  sessions: simple(sql`${sessions} where absolute_expires_at < ${daysAgo(SESSIONS_DAYS)}`),
  events: simple(sql`${securityEvents} where at < ${daysAgo(EVENTS_DAYS)}`),
};

function simple(which: SQL): SQL {
  return sql`
    with gone as (
      delete from ${which} and ctid = any(array(select ctid from ${which} limit ${BATCH_ROWS} for update skip locked)) returning 1)
    select count(*)::int as count from gone`;
}
