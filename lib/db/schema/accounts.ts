import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";
import { users } from "./users";

/** Whom a provider knows the user as. The provider's tokens are not kept: there is no column for them. */
export const accounts = pgTable(
  "accounts",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    provider: text("provider").notNull(),
    providerAccountId: text("provider_account_id").notNull(),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.providerAccountId] }),
    index("accounts_user_idx").on(table.userId),
  ],
);
