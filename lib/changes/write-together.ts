import { sql } from "drizzle-orm";
import { type Ctx, transaction } from "@/lib/context";
import { idempotencyKeys, spaces } from "@/lib/db/schema";
import { uuidv7 } from "@/lib/uuid";
import type { Write } from "@/lib/write";
import { wake } from "./announce";
import { awaitTurn, fingerprintOf, KEPT_HOURS, requireSameRequest } from "./idempotency";

type Kept = { row: unknown; group_id: string | null; fingerprint: string };

/**
 * Several writes as one change: all of them or none, under one id, and under the request's key once. What `fn` returns
 * is kept with the key, so it is data alone.
 */
export async function writeTogether<T>(ctx: Ctx, fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  let hasTurn = false;
  const once = () =>
    transaction(ctx, async (ctx) => {
      const kept = await claim(ctx);
      hasTurn = true;
      if (kept) return { result: kept.row as T, write: replayOf(kept) };
      const write: Write = {
        ifMatch: null,
        idempotency: null,
        changeId: null,
        isReplay: false,
        groupId: uuidv7(),
      };
      const result = await fn({ ...ctx, write });
      await complete(ctx, result, write.changeId);
      return { result, write };
    });
  const { result, write } = await (ctx.write?.idempotency ? awaitTurn(once, () => hasTurn) : once());
  if (ctx.write) Object.assign(ctx.write, { changeId: write.changeId, isReplay: write.isReplay });
  if (write.changeId && !write.isReplay) wake(ctx.actor.spaceId);
  return result;
}

const replayOf = ({ group_id }: Kept) => ({ changeId: group_id, isReplay: true });

/** Holds the space, so that who comes with the same key waits for this one; says what it kept, if it was here before. */
async function claim({ db, actor, write }: Ctx): Promise<Kept | undefined> {
  await db.execute(sql`select 1 from ${spaces} where id = ${actor.spaceId}::uuid for no key update`);
  const { idempotency } = write ?? {};
  if (!idempotency) return undefined;
  const { rows } = await db.execute<Kept>(sql`
    select row, group_id, fingerprint from ${idempotencyKeys}
    where space_id = ${actor.spaceId}::uuid and key = ${idempotency.key}
      and created_at > now() - make_interval(hours => ${KEPT_HOURS})`);
  const [kept] = rows;
  if (kept) requireSameRequest(idempotency, kept);
  return kept;
}

async function complete({ db, actor, write }: Ctx, result: unknown, groupId: string | null): Promise<void> {
  const { idempotency } = write ?? {};
  if (!idempotency) return;
  await db.execute(sql`
    insert into ${idempotencyKeys} (space_id, key, fingerprint, row, group_id, created_at)
    values (${actor.spaceId}::uuid, ${idempotency.key}, ${fingerprintOf(idempotency)}, ${JSON.stringify(result)}::jsonb, ${groupId}::uuid, now())
    on conflict (space_id, key) do update set fingerprint = excluded.fingerprint, row = excluded.row,
      group_id = excluded.group_id, created_at = excluded.created_at`);
}
