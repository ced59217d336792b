import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Attempts by whom or from where, for a while. The table is unlogged: after a crash everybody starts afresh. */
export const throttles = pgTable(
  "throttles",
  {
    key: text("key").primaryKey(),
    attempts: integer("attempts").notNull(),
    startedAt: instant("started_at").notNull(),
    lastAt: instant("last_at").notNull(),
    endsAt: instant("ends_at").notNull(),
  },
  (table) => [index("throttles_end_idx").on(table.endsAt)],
);
