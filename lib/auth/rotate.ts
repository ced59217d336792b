import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { PublicCtx } from "@/lib/context";
import { securityEvents, sessions, users } from "@/lib/db/schema";
import type { SessionKind } from "@/lib/db/schema/sessions";
import { processWide } from "@/lib/process-wide";
import { uuidv7 } from "@/lib/uuid";
import { deviceOf } from "./device";
import { GRACE_SECONDS, IDLE_SECONDS } from "./lifetimes";
import { noticeReuse } from "./notices";
import type { Credential } from "./refresh-tokens";
import { markRevoked } from "./revocations";
import { type Session, type SessionRow, sessionColumns, sessionOf } from "./session-row";

export type Rotation =
  | { outcome: "rotated" | "grace"; session: Session }
  | { outcome: "reuse" | "revoked" | "expired" | "invalid" };

type Outcome = Rotation["outcome"];

/** Of this process, since its start. */
export const rotationCounts = processWide(
  "rotations",
  (): Record<Outcome, number> => ({ rotated: 0, grace: 0, reuse: 0, revoked: 0, expired: 0, invalid: 0 }),
);

/**
 * Trades a generation of a session for the next. Several at once with the same generation get the same successor; a
 * generation that was traded longer ago has been stolen or copied, and ends the session for everybody who holds it.
 * One statement, outside any transaction: that a reuse was found must not be undone by how it is answered.
 */
export async function rotateSession(
  ctx: PublicCtx,
  credential: Credential & { kind: SessionKind },
): Promise<Rotation> {
  const operationId = randomUUID();
  const { rows } = await ctx.db.execute<SessionRow & { outcome: Outcome }>(
    rotation(ctx, { ...credential, operationId }),
  );
  const [row] = rows;
  rotationCounts[row?.outcome ?? "invalid"] += 1;
  if (!row) return { outcome: "invalid" };
  const { outcome } = row;
  if (outcome === "rotated" || outcome === "grace") return { outcome, session: sessionOf(row) };
  if (outcome === "reuse") {
    markRevoked([row.id]);
    noticeReuse({ email: row.email });
  }
  return { outcome };
}

function rotation({ client }: PublicCtx, asked: Credential & { kind: SessionKind; operationId: string }) {
  const { name, addressPrefix, agentHash } = deviceOf(client);
  const presented = sql`${asked.generation}::int`;
  const operation = sql`${asked.operationId}::uuid`;
  const grace = sql`make_interval(secs => ${GRACE_SECONDS})`;
  const idle = sql`make_interval(secs => ${IDLE_SECONDS[asked.kind]})`;
  const isLive = sql`s.revoked_at is null and s.idle_expires_at > now() and s.absolute_expires_at > now()`;
  const isCurrent = sql`s.generation = ${presented}`;
  const isPredecessor = sql`(s.generation - 1 = ${presented} and s.rotated_at > now() - ${grace}
    and s.agent_hash is not distinct from ${agentHash}::text)`;
  const isReuse = sql`(s.generation > ${presented} and not ${isPredecessor})`;
  return sql`
    with rotated as (
      update ${sessions} s set
        generation = case when ${isLive} and ${isCurrent} then s.generation + 1 else s.generation end,
        rotated_at = case when ${isLive} and ${isCurrent} then now() else s.rotated_at end,
        agent_hash = case when ${isLive} and ${isCurrent} then ${agentHash}::text else s.agent_hash end,
        last_seen_at = case when ${isLive} and ${isCurrent} then now() else s.last_seen_at end,
        idle_expires_at = case when ${isLive} and ${isCurrent}
          then least(now() + ${idle}, s.absolute_expires_at) else s.idle_expires_at end,
        revoked_at = case when ${isLive} and ${isReuse} then now() else s.revoked_at end,
        revoke_reason = case when ${isLive} and ${isReuse} then 'refresh_reuse' else s.revoke_reason end,
        operation_id = case when ${isLive} and (${isCurrent} or ${isReuse}) then ${operation} else s.operation_id end
      from ${users} u
      where s.id = ${asked.sessionId}::uuid and s.kind = ${asked.kind} and u.id = s.user_id and u.is_active
      returning ${sessionColumns}, case
        when s.operation_id = ${operation} and s.revoked_at is not null then 'reuse'
        when s.operation_id = ${operation} then 'rotated'
        when s.revoked_at is not null then 'revoked'
        when s.idle_expires_at <= now() or s.absolute_expires_at <= now() then 'expired'
        when s.generation - 1 = ${presented} then 'grace'
        else 'invalid' end as outcome),
    logged as (
      insert into ${securityEvents} (id, user_id, kind, session_id, device, address_prefix)
      select ${uuidv7()}::uuid, user_id, 'refresh_reuse', id, ${name}, ${addressPrefix}
      from rotated where outcome = 'reuse')
    select * from rotated`;
}
