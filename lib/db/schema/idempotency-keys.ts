import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { spaces } from "./spaces";

/** What a request with an Idempotency-Key did, written in the transaction of the write itself. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    spaceId: uuid("space_id")
      .notNull()
      .references(() => spaces.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    fingerprint: text("fingerprint").notNull(),
    row: jsonb("row").notNull(),
    groupId: uuid("group_id"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.key] }),
    index("idempotency_keys_created_idx").using("brin", table.createdAt),
  ],
);
