import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";

export const SESSION_KINDS = ["web", "api"] as const;

export type SessionKind = (typeof SESSION_KINDS)[number];

/**
 * One row for every device: a family of credentials, of which one generation is alive. Nothing in it is a secret.
 * It outlives its user, whom it does not reference: the tokens of somebody who was deleted must still be known as dead.
 */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id").notNull(),
    kind: text("kind").$type<SessionKind>().notNull(),
    generation: integer("generation").notNull().default(0),
    rotatedAt: instant("rotated_at"),
    /** Who did the last rotation or found the last reuse: tells one of several at once what it was that did it. */
    operationId: uuid("operation_id"),
    agentHash: text("agent_hash"),
    /** How the person signed in: `password` or the name of a provider. */
    method: text("method").notNull(),
    device: text("device").notNull(),
    addressPrefix: text("address_prefix"),
    authenticatedAt: instant("authenticated_at").notNull().default(now),
    createdAt: instant("created_at").notNull().default(now),
    lastSeenAt: instant("last_seen_at").notNull().default(now),
    idleExpiresAt: instant("idle_expires_at").notNull(),
    absoluteExpiresAt: instant("absolute_expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    revokeReason: text("revoke_reason"),
  },
  (table) => [
    index("sessions_user_idx").on(table.userId, table.lastSeenAt),
    index("sessions_revoked_idx").on(table.revokedAt).where(sql`revoked_at is not null`),
    index("sessions_expiry_idx").on(table.absoluteExpiresAt),
    check("sessions_kind_check", sql`${table.kind} in ('web', 'api')`),
    check("sessions_generation_check", sql`${table.generation} >= 0`),
    check("sessions_expiry_check", sql`${table.idleExpiresAt} <= ${table.absoluteExpiresAt}`),
    check("sessions_revoked_check", sql`(${table.revokedAt} is null) = (${table.revokeReason} is null)`),
  ],
);
