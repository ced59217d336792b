import { sql } from "drizzle-orm";
import { fromStored } from "@/lib/changes/entities";
import type { Ctx } from "@/lib/context";
import { PLANNED_ONCE } from "@/lib/db/pool";
import { changes, spaces, tasks } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { present, type Task } from "@/lib/tasks/row";
import { decodeSyncToken, encodeSyncToken, type SyncPoint } from "./token";
import { untilChanged } from "./waiting";

export type SyncQuery = { token?: string; limit: number; wait: number };

type Change = {
  seq: number | null;
  entity: "task";
  entityId: string;
  op: "upsert" | "delete";
  version: number;
  at: Date;
  object: Task | null;
};

type Page = { changes: Change[]; next: SyncPoint; hasMore: boolean; full: boolean; seq: number };

/**
 * What has happened since the token, in the order in which it happened; without one, all there is. While the ETag is the
 * same nothing was written, and the answer to the same question is the same.
 */
export async function syncChanges(ctx: Ctx, { token, limit, wait }: SyncQuery, signal: AbortSignal) {
  const { spaceId } = ctx.actor;
  const point = token === undefined ? undefined : decodeSyncToken(spaceId, token);
  const isFull = !point || point.after !== null;
  let page = isFull ? await readAll(ctx, point, limit) : await readSince(ctx, point, limit);
  const seconds = Math.min(wait, env.VERCEL ? 0 : env.SYNC_WAIT_MAX_SECONDS);
  if (!isFull && page.changes.length === 0 && seconds > 0) {
    await untilChanged(ctx, { seq: point.seq, milliseconds: seconds * 1000, signal });
    page = await readSince(ctx, point, limit);
  }
  const { next, seq, ...rest } = page;
  return { page: { ...rest, nextToken: encodeSyncToken(spaceId, next) }, etag: `"${seq}"` };
}

type Row = {
  seq: string | null;
  entity_id: string;
  version: number;
  at_ms: number;
  object: Record<string, unknown> | null;
};

type State = { seq: string; floor_seq: string; rows: Row[] };

/** One statement: what is read of the changes and of the tasks is of one moment. */
async function readSince(ctx: Ctx, { seq }: SyncPoint, limit: number): Promise<Page> {
  const state = await read(
    ctx,
    sql`${sql.raw(PLANNED_ONCE)}
    select c.seq::text, c.entity_id, c.version, extract(epoch from c.at) * 1000 as at_ms, to_jsonb(t) as object
    from ${changes} c left join ${tasks} t
      on t.space_id = c.space_id and t.id = c.entity_id and t.deleted_at is null
    where c.space_id = s.id and c.seq > ${seq}::bigint order by c.seq limit ${limit + 1}`,
  );
  if (seq < Number(state.floor_seq) || seq > Number(state.seq)) throw expired();
  const rows = state.rows.slice(0, limit);
  const last = rows.at(-1);
  const next = { seq: last ? Number(last.seq) : seq, after: null };
  return {
    changes: rows.map(changeOf),
    next,
    hasMore: state.rows.length > limit,
    full: false,
    seq: Number(state.seq),
  };
}

/** By id, which never changes; what is written meanwhile has a higher `seq` than the one that the first page starts from. */
async function readAll(ctx: Ctx, point: SyncPoint | undefined, limit: number): Promise<Page> {
  const after = point?.after ?? null;
  const state = await read(
    ctx,
    sql`
    select null::text as seq, t.id as entity_id, t.version, extract(epoch from t.updated_at) * 1000 as at_ms,
      to_jsonb(t) as object
    from ${tasks} t where t.space_id = s.id and t.deleted_at is null and (${after}::uuid is null or t.id > ${after}::uuid)
    order by t.id limit ${limit + 1}`,
  );
  const seq = point?.seq ?? Number(state.seq);
  if (seq < Number(state.floor_seq)) throw expired();
  const hasMore = state.rows.length > limit;
  const rows = state.rows.slice(0, limit);
  const next = { seq, after: hasMore ? (rows.at(-1)?.entity_id ?? null) : null };
  return { changes: rows.map(changeOf), next, hasMore, full: true, seq: Number(state.seq) };
}

async function read({ db, actor }: Ctx, rows: ReturnType<typeof sql>): Promise<State> {
  const { rows: found } = await db.execute<State>(sql`
    select s.seq::text, s.floor_seq::text,
      (select coalesce(json_agg(r), '[]') from (${rows}) r) as rows
    from ${spaces} s where s.id = ${actor.spaceId}::uuid`);
  if (!found[0]) throw new AppError("unauthenticated", "There is no such account.");
  return found[0];
}

const changeOf = ({ seq, entity_id, version, at_ms, object }: Row): Change => ({
  seq: seq === null ? null : Number(seq),
  entity: "task",
  entityId: entity_id,
  op: object ? "upsert" : "delete",
  version,
  at: new Date(at_ms),
  object: object && present(fromStored("task", object)),
});

const expired = () =>
  new AppError("sync_token_expired", "The changes since this token are no longer kept: start without one.");
