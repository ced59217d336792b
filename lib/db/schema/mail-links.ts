import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";
import { users } from "./users";

export const LINK_PURPOSES = ["verify_email", "reset_password"] as const;

export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** Links that were mailed and not used yet. Using one deletes it; only the hash of its secret is kept. */
export const mailLinks = pgTable(
  "mail_links",
  {
    secretHash: text("secret_hash").primaryKey(),
    purpose: text("purpose").$type<LinkPurpose>().notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Where it was sent, and what it proves to be the user's. */
    email: text("email").notNull(),
    createdAt: instant("created_at").notNull().default(now),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    index("mail_links_user_idx").on(table.userId, table.purpose),
    check("mail_links_purpose_check", sql`${table.purpose} in ('verify_email', 'reset_password')`),
  ],
);
