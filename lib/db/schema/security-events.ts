import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";

/** What happened to an account. Rows are never changed, a trigger sees to it, and outlive their user. */
export const securityEvents = pgTable(
  "security_events",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id").notNull(),
    kind: text("kind").notNull(),
    at: instant("at").notNull().default(now),
    sessionId: uuid("session_id"),
    device: text("device"),
    addressPrefix: text("address_prefix"),
    detail: jsonb("detail").notNull().default({}),
  },
  (table) => [index("security_events_user_idx").on(table.userId, table.id)],
);
