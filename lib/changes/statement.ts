import { type Column, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { changes, idempotencyKeys, spaces } from "@/lib/db/schema";
import type { ChangeOp } from "@/lib/db/schema/columns";
import { columnsOf, type Entity, entities } from "./entities";
import { KEPT_HOURS } from "./idempotency";

export type Outcome =
  | "done"
  | "unchanged"
  | "exists"
  | "not_found"
  | "stale"
  | "refused"
  | "replay"
  | "claimed";

export type Statement = {
  spaceId: string;
  userId: string;
  sessionId: string;
  groupId: string;
  entity: Entity;
  id: string;
  op: ChangeOp;
  /** New values by column, over `cur` (the row as it is, locked) and `clock.at`. A create names every column it sets. */
  set: Record<string, SQL | undefined>;
  /** Over `cur`: whether the row counts as there at all. */
  isThere: SQL;
  /** Over `nxt` (the row as it would be): why it may not become so, or null. */
  refusal: SQL;
  live: number;
  trashed: number;
  ifMatch: readonly number[] | null;
  idempotency: { key: string; fingerprint: string } | null;
};

type Columns = readonly (readonly [string, Column])[];

// Made of names in the schema alone, so it need not become a statement piece by piece at every write.
const list = (parts: readonly string[]) => sql.raw(parts.join(", "));
const name = (column: Column) => `"${column.name}"`;
const of = (row: "cur" | "nxt", column: Column) => `${row}.${name(column)}`;
const differs = (column: Column) => `${of("nxt", column)} is distinct from ${of("cur", column)}`;
const valuesOf = (values: SQL[]) => sql.join(values, sql.raw(", "));

/**
 * One statement, one round trip. It locks the space's row, which orders all writes of a space; then the row itself,
 * because a writer that waited must see what the writer before it left; decides; and only then writes the row, the
 * change and the key. The counts go up from the locked ones: PostgreSQL checks constraints on what the statement's
 * snapshot gives before it looks whether that is out of date.
 */
export function writeStatement(write: Statement): SQL {
  const table = entities[write.entity];
  const columns = columnsOf(table);
  const changed = columns.filter(([key]) => write.set[key]);
  const isCreate = write.op === "create";
  const needsClaim = write.idempotency ? sql`, claim` : sql``;
  return sql`with held as materialized (
    select id, seq, live_count, trashed_count from ${spaces} where id = ${write.spaceId}::uuid for no key update),
  seen as materialized (${seen(write)}),
  clock as materialized (select clock_timestamp()::timestamptz(3) as at from held),
  cur as materialized (
    select ${list(columns.map(([, column]) => `t.${name(column)}`))} from held, ${table} t
    where t.space_id = ${write.spaceId}::uuid and t.id = ${write.id}::uuid and not exists (select from seen)
    for no key update of t),
  nxt as materialized (${isCreate ? created(write, columns) : updated(write, columns)}),
  verdict as materialized (select ${isCreate ? createOutcome(write) : updateOutcome(write, changed)} as outcome,
    ${write.refusal} as refusal from nxt ${isCreate ? sql`` : sql`, cur`}),
  claim as (${claim(write)}),
  bump as (
    update ${spaces} s set seq = held.seq + 1,
      live_count = held.live_count + ${write.live}::int, trashed_count = held.trashed_count + ${write.trashed}::int
    from held, verdict${needsClaim} where s.id = held.id and verdict.outcome = 'done' returning s.seq),
  written as (${isCreate ? insert(table, columns) : write.op === "purge" ? remove(table) : update(table, changed)}),
  logged as (
    insert into ${changes} (space_id, seq, group_id, entity, entity_id, op, version, at, before, after, actor_id, session_id)
    select nxt.space_id, bump.seq, ${write.groupId}::uuid, ${write.entity}::text, nxt.id, ${write.op}::text, nxt.version, nxt.updated_at,
      ${isCreate ? sql`null::jsonb` : image("cur", changed)}, ${isCreate ? sql`to_jsonb(nxt)` : image("nxt", changed)},
      ${write.userId}::uuid, ${write.sessionId}::uuid
    from bump, nxt ${isCreate ? sql`` : sql`, cur`})
  select case when verdict.outcome in ('done', 'unchanged') and ${write.idempotency !== null}::boolean
      and not exists (select from claim) then 'claimed' else verdict.outcome end as outcome,
    verdict.refusal, case when verdict.outcome = 'done' then to_json(nxt) else (select to_json(cur) from cur) end as row,
    case when verdict.outcome = 'done' then ${write.groupId}::uuid end as group_id, null::text as fingerprint
  from verdict, nxt
  union all
  select 'replay', null, seen.row::json, seen.group_id, seen.fingerprint from seen`;
}

/** The current row of the same id, if a create finds one, stands in `cur`: then nothing is made. */
function created({ spaceId, id, set }: Statement, columns: Columns): SQL {
  const own: Statement["set"] = {
    spaceId: sql`${spaceId}::uuid`,
    id: sql`${id}::uuid`,
    version: sql`1`,
    createdAt: sql`clock.at`,
    updatedAt: sql`clock.at`,
  };
  const values = columns.map(([key, column]) => sql`${own[key] ?? set[key] ?? sql`null`}${as(column)}`);
  return sql`select ${valuesOf(values)} from clock where not exists (select from seen)`;
}

function updated({ set }: Statement, columns: Columns): SQL {
  const own: Statement["set"] = { ...set, version: sql`cur.version + 1`, updatedAt: sql`clock.at` };
  const values = columns.map(([key, column]) =>
    own[key] ? sql`${own[key]}${as(column)}` : sql.raw(of("cur", column)),
  );
  return sql`select ${valuesOf(values)} from cur, clock`;
}

const as = (column: Column) => sql.raw(`::${column.getSQLType()} as ${name(column)}`);

const createOutcome = ({ refusal }: Statement) =>
  sql`case when exists (select from cur) then 'exists' when ${refusal} is not null then 'refused' else 'done' end`;

function updateOutcome({ op, isThere, ifMatch, refusal }: Statement, changed: Columns): SQL {
  const isChanged = ["false", ...changed.map(([, column]) => differs(column))].join(" or ");
  const accepted = ifMatch ? `{${ifMatch.join(",")}}` : null;
  return sql`case when not (${isThere}) then 'not_found'
    when ${accepted}::int[] is not null and cur.version <> all (${accepted}::int[]) then 'stale'
    when ${refusal} is not null then 'refused'
    when ${sql.raw(op === "purge" ? "true" : isChanged)} then 'done' else 'unchanged' end`;
}

function seen({ spaceId, idempotency }: Statement): SQL {
  if (!idempotency)
    return sql`select null::jsonb as row, null::uuid as group_id, null::text as fingerprint where false`;
  return sql`select k.row, k.group_id, k.fingerprint from held, ${idempotencyKeys} k
    where k.space_id = ${spaceId}::uuid and k.key = ${idempotency.key}
      and k.created_at > now() - make_interval(hours => ${KEPT_HOURS})`;
}

/** A key that another writer has claimed since this statement's snapshot stays his: nothing comes back, nothing is written. */
function claim({ spaceId, groupId, idempotency }: Statement): SQL {
  if (!idempotency) return sql`select where false`;
  return sql`insert into ${idempotencyKeys} as k (space_id, key, fingerprint, row, group_id, created_at)
    select ${spaceId}::uuid, ${idempotency.key}, ${idempotency.fingerprint},
      case when verdict.outcome = 'done' then to_jsonb(nxt) else (select to_jsonb(cur) from cur) end,
      case when verdict.outcome = 'done' then ${groupId}::uuid end, clock.at
    from verdict, nxt, clock where verdict.outcome in ('done', 'unchanged')
    on conflict (space_id, key) do update set fingerprint = excluded.fingerprint, row = excluded.row,
      group_id = excluded.group_id, created_at = excluded.created_at
    where k.created_at <= now() - make_interval(hours => ${KEPT_HOURS}) returning k.key`;
}

function insert(table: PgTable, columns: Columns): SQL {
  return sql`insert into ${table} (${list(columns.map(([, column]) => name(column)))})
    select ${list(columns.map(([, column]) => of("nxt", column)))} from nxt, bump`;
}

function update(table: PgTable, changed: Columns): SQL {
  const own = ["version = nxt.version", "updated_at = nxt.updated_at"];
  const sets = changed.map(([, column]) => `${name(column)} = ${of("nxt", column)}`);
  return sql`update ${table} t set ${list([...sets, ...own])} from nxt, bump where t.space_id = nxt.space_id and t.id = nxt.id`;
}

const remove = (table: PgTable) =>
  sql`delete from ${table} t using nxt, bump where t.space_id = nxt.space_id and t.id = nxt.id`;

/** The fields that the write changes, as they were or as they are now. */
function image(row: "cur" | "nxt", changed: Columns): SQL {
  const parts = changed.map(
    ([, column]) =>
      `case when ${differs(column)} then jsonb_build_object('${column.name}', ${of(row, column)}) else '{}'::jsonb end`,
  );
  return sql.raw(["'{}'::jsonb", ...parts].join(" || "));
}
