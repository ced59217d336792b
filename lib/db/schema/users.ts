import { sql } from "drizzle-orm";
import { boolean, check, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, now } from "./columns";

export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull(),
    emailVerifiedAt: instant("email_verified_at"),
    name: text("name"),
    preferences: jsonb("preferences").notNull().default({}),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: instant("created_at").notNull().default(now),
    updatedAt: instant("updated_at").notNull().default(now),
  },
  (table) => [
    uniqueIndex("users_email_key").on(sql`lower(${table.email})`),
    check("users_email_check", sql`char_length(${table.email}) <= 254`),
    check("users_name_check", sql`char_length(${table.name}) <= 255`),
  ],
);
