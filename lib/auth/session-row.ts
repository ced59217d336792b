import { sql } from "drizzle-orm";
import type { SessionKind } from "@/lib/db/schema/sessions";

/** A device that is signed in, and whose it is. */
export type Session = {
  id: string;
  userId: string;
  email: string;
  name: string | null;
  kind: SessionKind;
  generation: number;
  authenticatedAt: Date;
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
};

export type SessionRow = {
  id: string;
  user_id: string;
  email: string;
  name: string | null;
  kind: SessionKind;
  generation: number;
  authenticated_ms: number;
  idle_expires_ms: number;
  absolute_expires_ms: number;
};

const milliseconds = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

/** Of `sessions s` and `users u`. */
export const sessionColumns = sql`s.id, s.user_id, u.email, u.name, s.kind, s.generation,
  ${milliseconds("s.authenticated_at")} as authenticated_ms,
  ${milliseconds("s.idle_expires_at")} as idle_expires_ms,
  ${milliseconds("s.absolute_expires_at")} as absolute_expires_ms`;

export const sessionOf = (row: SessionRow): Session => ({
  id: row.id,
  userId: row.user_id,
  email: row.email,
  name: row.name,
  kind: row.kind,
  generation: row.generation,
  authenticatedAt: new Date(row.authenticated_ms),
  idleExpiresAt: new Date(row.idle_expires_ms),
  absoluteExpiresAt: new Date(row.absolute_expires_ms),
});
