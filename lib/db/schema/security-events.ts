import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";

export const EVENT_KINDS = [
  "sign_up",
  "sign_in",
  "sign_in_failed",
  "sign_out",
  "session_ended",
  "refresh_reuse",
  "password_changed",
  "password_reset_requested",
  "password_reset",
  "email_change_requested",
  "email_changed",
  "email_verified",
  "account_linked",
  "account_unlinked",
  "user_disabled",
  "user_enabled",
  "user_deleted",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

export type EventDetail = Record<string, string | number | boolean | null>;

/** What happened to an account. Rows are never changed, a trigger sees to it, and outlive their user. */
export const securityEvents = pgTable(
  "security_events",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id").notNull(),
    kind: text("kind").$type<EventKind>().notNull(),
    at: instant("at").notNull().default(now),
    sessionId: uuid("session_id"),
    device: text("device"),
    addressPrefix: text("address_prefix"),
    detail: jsonb("detail").$type<EventDetail>().notNull().default({}),
  },
  (table) => [index("security_events_user_idx").on(table.userId, table.id)],
);
