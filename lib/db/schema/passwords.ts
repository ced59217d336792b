import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";
import { users } from "./users";

/** Apart from the users, so that no query for a person brings the hash along. */
export const passwords = pgTable("passwords", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  hash: text("hash").notNull(),
  updatedAt: instant("updated_at").notNull().default(now),
});
