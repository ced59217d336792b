import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { changes } from "@/lib/db/schema";
import type { ChangeOp } from "@/lib/db/schema/columns";
import { AppError } from "@/lib/errors";
import { columnsOf, type Entity, entities } from "./entities";

/** The values to put back, by the names of the columns. */
type Fields = Record<string, unknown>;

export type Step = { id: string; op: ChangeOp; fields: Fields };

type Found = {
  id: string;
  op: ChangeOp;
  at: string;
  before: Fields | null;
  isGone: boolean;
  others: string[];
};

/** What undoes a group of changes, the last first. Reads what nobody else may write, so the caller holds the space. */
export async function undoable(ctx: Ctx, groupId: string): Promise<Step[]> {
  const found = await findGroup(ctx, groupId);
  if (found.length === 0)
    throw new AppError("not_found", "There is no such change, or it is no longer kept.");
  if (found.some(({ isGone }) => isGone))
    throw new AppError("conflict", "It has been deleted for good since.");
  const met = new Set<string>();
  const names = found.flatMap((change) => othersIn(change, met));
  if (names.length > 0) throw differing([...new Set(names)]);
  return found.map((change) => ({ id: change.id, op: change.op, fields: fieldsOf(change) }));
}

/** Not those that its own group wrote over: what the group left last is what must still be there. */
function othersIn(change: Found, met: Set<string>): string[] {
  return Object.keys(fieldsOf(change)).filter((name) => {
    const field = `${change.id} ${name}`;
    const isLast = !met.has(field);
    met.add(field);
    return isLast && change.others.includes(name);
  });
}

/**
 * Each change with the columns that have another value now than it left; as rows, not as the text of the log, which
 * depends on the time zone of who wrote. The purge of old trash leaves no change, and then the id may be used again.
 */
async function findGroup({ db, actor }: Ctx, groupId: string): Promise<Found[]> {
  const isOfGroup = sql`space_id = ${actor.spaceId}::uuid and group_id = ${groupId}::uuid`;
  const { rows } = await db.execute<Found>(sql`
    with own as materialized (select * from ${changes} where ${isOfGroup}),
    renewed as materialized (
      select distinct entity_id from ${changes}
      where space_id = ${actor.spaceId}::uuid and seq > (select max(seq) from own) and op in ('purge', 'create'))
    select own.entity_id as id, own.op, own.at, own.before,
      own.op = 'purge' or t.id is null or own.entity_id in (select entity_id from renewed) as "isGone",
      array(select was.key from jsonb_each(to_jsonb(jsonb_populate_record(t, own.after))) was
        join jsonb_each(to_jsonb(t)) now on now.key = was.key
        where was.value <> now.value) as others
    from own left join ${entities.task} t on t.space_id = own.space_id and t.id = own.entity_id
    order by own.seq desc`);
  return rows;
}

/** To undo the making of an object puts it into the trash. */
const fieldsOf = ({ op, at, before }: Found): Fields =>
  op === "create" ? { deleted_at: at } : (before ?? {});

export const differing = (names: string[]) =>
  new AppError("conflict", `Changed since: ${names.join(", ")}.`, {
    errors: names.map((path) => ({ path, code: "changed_since", message: "has another value by now" })),
  });

/** What `recordWrite` sets to put the fields back. */
export function restoring(entity: Entity, fields: Fields): Record<string, SQL> {
  const own = columnsOf(entities[entity]).filter(([, column]) => column.name in fields);
  return Object.fromEntries(own.map(([key, column]) => [key, sql`${stored(fields[column.name])}`]));
}

const stored = (value: unknown) => (value === null || value === undefined ? null : String(value));
