import { and, desc, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type Ctx, type PublicCtx, transaction } from "@/lib/context";
import { sessions, users } from "@/lib/db/schema";
import type { SessionKind } from "@/lib/db/schema/sessions";
import { AppError } from "@/lib/errors";
import { uuidv7 } from "@/lib/uuid";
import { deviceOf } from "./device";
import { recordEvent } from "./events";
import { ABSOLUTE_SECONDS, GRACE_SECONDS, IDLE_SECONDS, MAX_SESSIONS } from "./lifetimes";
import { markRevoked } from "./revocations";
import { type Session, type SessionRow, sessionColumns, sessionOf } from "./session-row";

export type { Session } from "./session-row";

type Opening = {
  userId: string;
  kind: SessionKind;
  /** `password`, or the provider that vouched for the person. */
  method: string;
  /** The session that this browser had before: whoever signs in begins a new one. */
  replaces?: string | null;
};

/** A session on this device, for somebody who has just proved who they are. The device not seen for longest makes room. */
export async function openSession(ctx: PublicCtx, opening: Opening): Promise<Session> {
  const { session, ended } = await transaction(ctx, async (ctx) => {
    await lockUser(ctx, opening.userId);
    const ended = await makeRoom(ctx, opening);
    const session = await insertSession(ctx, opening);
    const detail = { method: opening.method };
    await recordEvent(ctx, { userId: session.userId, kind: "sign_in", sessionId: session.id, detail });
    return { session, ended };
  });
  markRevoked(ended);
  return session;
}

/** One sign-in of a person after the other, and none while the account goes: so the count below is right. */
async function lockUser({ db }: PublicCtx, userId: string): Promise<void> {
  const isThere = and(eq(users.id, userId), eq(users.isActive, true));
  const rows = await db.select({ id: users.id }).from(users).where(isThere).for("no key update");
  if (rows.length === 0) throw new AppError("unauthenticated", "There is no such account.");
}

async function makeRoom(ctx: PublicCtx, { userId, replaces }: Opening): Promise<string[]> {
  const replaced = replaces ? await revoke(ctx, { userId, sessionId: replaces }, "replaced") : [];
  const oldest = sql`${sessions.id} in (select id from ${sessions} where user_id = ${userId}::uuid and ${isLiveRow}
    order by last_seen_at desc, id desc offset ${MAX_SESSIONS - 1})`;
  return [...replaced, ...(await revokeWhere(ctx, and(eq(sessions.userId, userId), oldest), "too_many"))];
}

async function insertSession(ctx: PublicCtx, { userId, kind, method }: Opening): Promise<Session> {
  const { name, addressPrefix, agentHash } = deviceOf(ctx.client);
  const { rows } = await ctx.db.execute<SessionRow>(sql`
    with s as (
      insert into ${sessions} (id, user_id, kind, method, device, address_prefix, agent_hash, idle_expires_at, absolute_expires_at)
      values (${uuidv7()}::uuid, ${userId}::uuid, ${kind}, ${method}, ${name}, ${addressPrefix}, ${agentHash},
        now() + make_interval(secs => ${IDLE_SECONDS[kind]}), now() + make_interval(secs => ${ABSOLUTE_SECONDS}))
      returning *)
    select ${sessionColumns} from s join ${users} u on u.id = s.user_id`);
  if (!rows[0]) throw new Error("No session was made.");
  return sessionOf(rows[0]);
}

const isLiveRow = sql`revoked_at is null and idle_expires_at > now() and absolute_expires_at > now()`;

export type Which = {
  userId: string;
  /** This one alone. */
  sessionId?: string;
  /** All but this one. */
  exceptSessionId?: string | null;
};

/** Ends sessions at once. Inside a transaction use `revoke`, and `markRevoked` once it is committed. */
export async function revokeSessions(ctx: PublicCtx, which: Which, reason: string): Promise<string[]> {
  const ids = await revoke(ctx, which, reason);
  markRevoked(ids);
  return ids;
}

export function revoke(ctx: PublicCtx, { userId, sessionId, exceptSessionId }: Which, reason: string) {
  const which = and(
    eq(sessions.userId, userId),
    sessionId === undefined ? undefined : eq(sessions.id, sessionId),
    exceptSessionId ? ne(sessions.id, exceptSessionId) : undefined,
  );
  return revokeWhere(ctx, which, reason);
}

async function revokeWhere({ db }: PublicCtx, which: SQL | undefined, reason: string): Promise<string[]> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(and(which, isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return rows.map(({ id }) => id);
}

type Claimed = { userId: string; sessionId: string; generation?: number };

/** Asks the database. With a generation: whether it is the one alive, or was until a moment ago. */
export async function isLive(
  { db }: PublicCtx,
  { userId, sessionId, generation }: Claimed,
): Promise<boolean> {
  const grace = sql`make_interval(secs => ${GRACE_SECONDS})`;
  const isKnown =
    generation === undefined
      ? sql`true`
      : sql`(s.generation = ${generation}::int or (s.generation - 1 = ${generation}::int and s.rotated_at > now() - ${grace}))`;
  const { rows } = await db.execute(sql`
    select 1 from ${sessions} s join ${users} u on u.id = s.user_id and u.is_active
    where s.id = ${sessionId}::uuid and s.user_id = ${userId}::uuid and ${isLiveRow} and ${isKnown}`);
  return rows.length > 0;
}

export async function listSessions({ db, actor }: Ctx) {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), isLiveRow, gt(sessions.absoluteExpiresAt, sql`now()`)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
  return { sessions: rows.map((row) => ({ ...row, isCurrent: row.id === actor.sessionId })) };
}

/** Signs one device out. */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  const { userId } = ctx.actor;
  const ended = await revokeSessions(ctx, { userId, sessionId: id }, "ended");
  if (ended.length === 0) throw new AppError("not_found", "There is no such session.");
  await recordEvent(ctx, { userId, kind: "session_ended", sessionId: id });
}
