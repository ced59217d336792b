import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { sqlState } from "@/lib/db/failures";
import { idempotencyKeys } from "@/lib/db/schema";
import type { ChangeOp } from "@/lib/db/schema/columns";
import { AppError, type Issue } from "@/lib/errors";
import { uuidv7 } from "@/lib/uuid";
import { announce } from "./announce";
import { type Assignments, type Entity, type entities, fromJson, type Stored } from "./entities";
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

/** How long a key is waited for at least; one attempt takes as long as a lock may be waited for. */
const KEY_WAIT_MS = 5_000;
const UNIQUE_VIOLATION = "23505";
/** The wait for a lock, or the statement with it, took too long. */
const TIMEOUTS = ["55P03", "57014"];

/**
 * Every write of a space goes through here: the row, its change and the request's key are written in one statement
 * or not at all. What comes back is the row as it is now, whether this request or an earlier one with its key wrote it.
 */
export async function recordWrite<E extends Entity, T>(ctx: Ctx, recipe: Recipe<E, T>): Promise<T> {
  const answer = await settle(ctx, recipe);
  const row = () => recipe.present(fromJson(recipe.entity, answer.row ?? {}));
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
  const fingerprint = idempotency ? Buffer.from(idempotency.fingerprint).toString("hex") : "";
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
    idempotency: idempotency && { key: idempotency.key, fingerprint },
  });
  const answer = (await run(ctx, statement, idempotency !== null)) ?? NOT_FOUND;
  const settled = answer.outcome === "claimed" && idempotency ? await readKey(ctx, idempotency.key) : answer;
  if (settled.outcome === "replay" && settled.fingerprint !== fingerprint)
    throw new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request.");
  return settled;
}

const NOT_FOUND: Answer = {
  outcome: "not_found",
  refusal: null,
  row: null,
  group_id: null,
  fingerprint: null,
};

/** Only what PostgreSQL has undone is run again: a lost race for an id, and with a key a wait that was too short. */
async function run(ctx: Ctx, statement: SQL, hasKey: boolean): Promise<Answer | undefined> {
  const deadline = performance.now() + KEY_WAIT_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return (await ctx.db.execute<Answer>(statement)).rows[0];
    } catch (error) {
      const state = sqlState(error);
      const isRace = state === UNIQUE_VIOLATION && attempt === 0;
      const mayWait = hasKey && TIMEOUTS.includes(state ?? "");
      if (mayWait && performance.now() > deadline) throw inProgress(error);
      if (!isRace && !mayWait) throw error;
    }
  }
}

const inProgress = (cause: unknown) =>
  new AppError("idempotency_in_progress", "The first request with this Idempotency-Key is still running.", {
    retryAfterSeconds: 1,
    cause,
  });

async function readKey({ actor, db }: Ctx, key: string): Promise<Answer> {
  const { rows } = await db.execute<Answer>(sql`
    select 'replay' as outcome, null as refusal, row, group_id, fingerprint from ${idempotencyKeys}
    where space_id = ${actor.spaceId}::uuid and key = ${key}`);
  return rows[0] ?? NOT_FOUND;
}
