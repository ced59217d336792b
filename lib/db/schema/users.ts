import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";

export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull(),
    emailVerifiedAt: instant("email_verified_at"),
    name: text("name"),
    preferences: jsonb("preferences").notNull().default({}),
    /** Gone for good; what was theirs is being removed. */
    deletedAt: instant("deleted_at"),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: instant("created_at").notNull().default(now),
    updatedAt: instant("updated_at").notNull().default(now),
  },
  (table) => [
    uniqueIndex("users_email_key").on(sql`lower(${table.email})`),
    index("users_deleted_idx").on(table.id).where(sql`deleted_at is not null`),
    check("users_email_check", sql`char_length(${table.email}) <= 254`),
    check("users_name_check", sql`char_length(${table.name}) <= 255`),
  ],
);
