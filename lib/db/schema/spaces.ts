import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";
import { users } from "./users";

/**
 * Whose board it is. Every user has one, with the user's own id. Its row is the lock that orders the writes
 * of a board: whoever takes the next `seq` holds it until the commit.
 */
export const spaces = pgTable(
  "spaces",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    seq: bigint("seq", { mode: "number" }).notNull().default(0),
    /** The last change that is no longer kept: who synced before it starts afresh. */
    floorSeq: bigint("floor_seq", { mode: "number" }).notNull().default(0),
    liveCount: integer("live_count").notNull().default(0),
    trashedCount: integer("trashed_count").notNull().default(0),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    uniqueIndex("spaces_owner_key").on(table.ownerId),
    check(
      "spaces_counts_check",
      sql`${table.seq} >= 0 and ${table.liveCount} >= 0 and ${table.trashedCount} >= 0`,
    ),
  ],
);
