import { and, desc, eq, lt } from "drizzle-orm";
import type { Ctx, PublicCtx } from "@/lib/context";
import { securityEvents } from "@/lib/db/schema";
import type { EventDetail, EventKind } from "@/lib/db/schema/security-events";
import { uuidv7 } from "@/lib/uuid";
import { deviceOf } from "./device";

type SecurityEvent = {
  userId: string;
  kind: EventKind;
  sessionId?: string | null;
  detail?: EventDetail;
};

export async function recordEvent({ db, client }: PublicCtx, event: SecurityEvent): Promise<void> {
  const { name: device, addressPrefix } = deviceOf(client);
  await db.insert(securityEvents).values({ id: uuidv7(), ...event, device, addressPrefix });
}

type EventQuery = { limit: number; cursor?: string };

/** The newest first. */
export async function listEvents({ db, actor }: Ctx, { limit, cursor }: EventQuery) {
  const rows = await db
    .select()
    .from(securityEvents)
    .where(and(eq(securityEvents.userId, actor.userId), cursor ? lt(securityEvents.id, cursor) : undefined))
    .orderBy(desc(securityEvents.id))
    .limit(limit + 1);
  const events = rows.slice(0, limit);
  return { events, nextCursor: rows.length > limit ? (events.at(-1)?.id ?? null) : null };
}
