import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { isUniqueViolation } from "@/lib/db/failures";
import { idempotencyKeys } from "@/lib/db/schema";
import type { ChangeOp } from "@/lib/db/schema/columns";
import { AppError, type Issue } from "@/lib/errors";
import { uuidv7 } from "@/lib/uuid";
import { announce } from "./announce";
import { type Assignments, type Entity, type entities, fromStored, type Stored } from "./entities";
import { awaitTurn, fingerprintOf, requireSameRequest } from "./idempotency";
import { type Outcome, writeStatement } from "./statement";

type Row<E extends Entity> = Stored<(typeof entities)[E]>;

export type Recipe<E extends Entity, T> = {
  entity: E;
  id: string;
  op: ChangeOp;
  set: Assignments<E>;
  isThere?: SQL;
  /** Over `nxt`: the code of the refusal, or null; `refusals` says what each means. */
  refusal?: SQL;
  refusals?: Record<string, Issue>;
  live?: number;
  trashed?: number;
  present: (row: Row<E>) => T;
};

type Answer = {
  outcome: Outcome;
  refusal: string | null;
  row: Record<string, unknown> | null;
  group_id: string | null;
  fingerprint: string | null;
};

/**
 * Every write of a space goes through here: the row, its change and the request's key are written in one statement
 * or not at all. What comes back is the row as it is now, whether this request or an earlier one with its key wrote it.
 */
export async function recordWrite<E extends Entity, T>(ctx: Ctx, recipe: Recipe<E, T>): Promise<T> {
  const answer = await settle(ctx, recipe);
  const row = () => recipe.present(fromStored(recipe.entity, answer.row ?? {}));
  switch (answer.outcome) {
    case "done":
    case "unchanged":
    case "replay":
      if (ctx.write) {
        ctx.write.changeId = answer.group_id ?? (ctx.write.groupId ? ctx.write.changeId : null);
        ctx.write.isReplay = answer.outcome === "replay";
      }
      if (answer.outcome === "done") announce(ctx);
      return row();
    case "exists":
      throw new AppError("conflict", `There is a ${recipe.entity} with this id already.`, { current: row() });
    case "stale":
      throw new AppError(
        "precondition_failed",
        `The ${recipe.entity} has changed since the version that was given.`,
        {
          current: row(),
        },
      );
    case "refused":
      throw refused(recipe.refusals?.[answer.refusal ?? ""]);
    default:
      throw new AppError("not_found", `There is no such ${recipe.entity}.`);
  }
}

function refused(issue: Issue | undefined): AppError {
  return new AppError("invalid", issue ? `${issue.path}: ${issue.message}` : "The write was refused.", {
    errors: issue ? [issue] : [],
  });
}

async function settle<E extends Entity, T>(ctx: Ctx, recipe: Recipe<E, T>): Promise<Answer> {
  const idempotency = ctx.write?.idempotency ?? null;
  const statement = writeStatement({
    spaceId: ctx.actor.spaceId,
    userId: ctx.actor.userId,
    sessionId: ctx.actor.sessionId,
    groupId: ctx.write?.groupId ?? uuidv7(),
    entity: recipe.entity,
    id: recipe.id,
    op: recipe.op,
    set: recipe.set,
    isThere: recipe.isThere ?? sql`cur.deleted_at is null`,
    refusal: recipe.refusal ?? sql`null::text`,
    live: recipe.live ?? 0,
    trashed: recipe.trashed ?? 0,
    ifMatch: ctx.write?.ifMatch ?? null,
    idempotency: idempotency && { key: idempotency.key, fingerprint: fingerprintOf(idempotency) },
  });
  if (!idempotency) return run(ctx, statement);
  const answer = await awaitTurn(() => run(ctx, statement));
  const settled = answer.outcome === "claimed" ? await readKey(ctx, idempotency.key) : answer;
  if (settled.outcome === "replay") requireSameRequest(idempotency, settled);
  return settled;
}

const NOT_FOUND: Answer = {
  outcome: "not_found",
  refusal: null,
  row: null,
  group_id: null,
  fingerprint: null,
};

/** Who loses a race for an id is undone by PostgreSQL; the second time the other's row is there to be seen. */
async function run({ db }: Ctx, statement: SQL): Promise<Answer> {
  const execute = () => db.execute<Answer>(statement);
  const { rows } = await execute().catch((error: unknown) => {
    if (isUniqueViolation(error)) return execute();
    throw error;
  });
  return rows[0] ?? NOT_FOUND;
}

async function readKey({ actor, db }: Ctx, key: string): Promise<Answer> {
  const { rows } = await db.execute<Answer>(sql`
    select 'replay' as outcome, null as refusal, row, group_id, fingerprint from ${idempotencyKeys}
    where space_id = ${actor.spaceId}::uuid and key = ${key}`);
  return rows[0] ?? NOT_FOUND;
}
