import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { type ChangeOp, instant } from "./columns";
import { spaces } from "./spaces";

/** One row for every write of a space, in the order of their commits: sync, undo, webhooks and audit read it. */
export const changes = pgTable(
  "changes",
  {
    spaceId: uuid("space_id")
      .notNull()
      .references(() => spaces.id, { onDelete: "cascade" }),
    seq: bigint("seq", { mode: "number" }).notNull(),
    groupId: uuid("group_id").notNull(),
    entity: text("entity").notNull(),
    entityId: uuid("entity_id").notNull(),
    op: text("op").$type<ChangeOp>().notNull(),
    version: integer("version").notNull(),
    at: instant("at").notNull(),
    before: jsonb("before"),
    after: jsonb("after").notNull(),
    actorId: uuid("actor_id").notNull(),
    sessionId: uuid("session_id"),
  },
  (table) => [
    primaryKey({ columns: [table.spaceId, table.seq] }),
    index("changes_at_idx").using("brin", table.at),
    index("changes_group_idx").on(table.spaceId, table.groupId),
    check(
      "changes_op_check",
      sql`${table.op} in ('create', 'update', 'complete', 'delete', 'restore', 'undo', 'purge')`,
    ),
    check("changes_before_check", sql`(${table.op} = 'create') = (${table.before} is null)`),
  ],
);
