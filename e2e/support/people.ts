import pg from "pg";
import { issueRefreshToken } from "@/lib/auth/refresh-tokens";
import { rotateSession } from "@/lib/auth/rotate";
import { openSession, type Session } from "@/lib/auth/sessions";
import type { Actor, Client, PublicCtx } from "@/lib/context";
import { type ConnectOptions, connect, type Database } from "@/lib/db/client";
import type { SessionKind } from "@/lib/db/schema/sessions";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { SCOPES } from "@/lib/scopes";
import { createUser } from "@/lib/users/users";
import { uuidv7 } from "@/lib/uuid";
import { createDatabase } from "./database";
import { openMailFolder } from "./mail-folder";
import { openWire } from "./wire";

export const LAPTOP: Client = { address: "192.0.2.7", userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0" };
export const PHONE: Client = { address: "198.51.100.9", userAgent: "Mozilla/5.0 (iPhone) Safari/605.1" };

/** A database where people sign in, as many processes as needed that use it, and a way to look behind them. */
export async function openTown() {
  const home = await createDatabase({ prefix: "town" });
  const mail = await openMailFolder();
  log.level = "error";
  const behind = new pg.Pool({ connectionString: home.url, max: 4 });
  const opened: Database[] = [];
  const holds: Awaited<ReturnType<typeof hold>>[] = [];
  const open = (options: Partial<ConnectOptions> = {}) => {
    const database = connect({
      url: home.url,
      poolMax: 2,
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 10_000,
      ...options,
    });
    opened.push(database);
    return database;
  };
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await behind.query<Row>(text, values)).rows;
  return {
    url: home.url,
    open,
    query,
    /** A process whose connections go through a wire that can be cut. */
    openWired: async (options: Partial<ConnectOptions> = {}) => {
      const url = new URL(home.url);
      const wire = await openWire({ host: url.hostname, port: Number(url.port) });
      url.port = String(wire.port);
      // A statement is known by its text, which one with a name sends but once.
      return { wire, db: open({ isPreparing: false, ...options, url: url.toString() }).db };
    },
    ...peopleOf(query),
    mailTo: mail.to,
    hold: async (text: string, values: unknown[]) => {
      const held = await hold(behind, text, values);
      holds.push(held);
      return held;
    },
    close: async () => {
      await Promise.all(holds.map((held) => held.letGo()));
      await Promise.all(opened.map((database) => database.close()));
      await behind.end();
      await home.drop();
      await mail.close();
    },
  };
}

type Query = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

export type Row = {
  generation: number;
  is_revoked: boolean;
  revoke_reason: string | null;
  idle_left_s: number;
  absolute_left_s: number;
};

const TIMES =
  "rotated_at authenticated_at created_at last_seen_at idle_expires_at absolute_expires_at revoked_at".split(
    " ",
  );

function peopleOf(query: Query) {
  return {
    /** As if this much time had gone by for the session: the database's clock is the only one there is. */
    age: (sessionId: string, seconds: number) =>
      query(
        `update sessions set ${TIMES.map((name) => `${name} = ${name} - make_interval(secs => $2)`)} where id = $1`,
        [sessionId, seconds],
      ),
    rowOf: async (sessionId: string): Promise<Row> => {
      const [row] = await query<Row>(
        `select generation, revoked_at is not null as is_revoked, revoke_reason,
           extract(epoch from idle_expires_at - now())::float8 as idle_left_s,
           extract(epoch from absolute_expires_at - now())::float8 as absolute_left_s
         from sessions where id = $1`,
        [sessionId],
      );
      if (!row) throw new Error("There is no such session.");
      return row;
    },
    liveOf: (userId: string) =>
      query<{ id: string }>(
        `select id from sessions where user_id = $1 and revoked_at is null and idle_expires_at > now()
           and absolute_expires_at > now() order by last_seen_at, id`,
        [userId],
      ).then((rows) => rows.map(({ id }) => id)),
    eventsOf: (userId: string) =>
      query<{ kind: string; session_id: string | null; device: string; address_prefix: string }>(
        "select kind, session_id, device, address_prefix from security_events where user_id = $1 order by id",
        [userId],
      ),
  };
}

/** Keeps rows locked until let go; `waiting` says how many statements stand behind it by then. */
async function hold(pool: pg.Pool, text: string, values: unknown[]) {
  const client = await pool.connect();
  let ended: Promise<void> | undefined;
  await client.query("begin");
  await client.query(text, values);
  return {
    /** Resolves once so many others wait for a lock in this database. */
    waiting: async (count: number) => {
      for (let tries = 0; tries < 500; tries += 1) {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if ((rows[0]?.n ?? 0) >= count) return;
        await client.query("select pg_stat_clear_snapshot(), pg_sleep(0.01)");
      }
      throw new Error(`Fewer than ${count} statements wait.`);
    },
    letGo: () => {
      ended ??= client.query("commit").then(() => client.release());
      return ended;
    },
  };
}

export async function newUser(ctx: PublicCtx) {
  return createUser(ctx, { email: `${uuidv7()}@example.org`, name: "Ada" });
}

/** A person, and a device of theirs that has just signed in. */
export async function signedIn(ctx: PublicCtx, kind: SessionKind = "api") {
  const user = await newUser(ctx);
  const session = await openSession(ctx, { userId: user.id, kind, method: "password" });
  return { user, session, actor: actorOf(session) };
}

export const actorOf = (session: Session): Actor => ({
  userId: session.userId,
  spaceId: session.userId,
  sessionId: session.id,
  authenticatedAt: session.authenticatedAt,
  scopes: SCOPES,
});

export const rotate = (
  ctx: PublicCtx,
  { id: sessionId }: Pick<Session, "id">,
  generation: number,
  kind: SessionKind = "api",
) => rotateSession(ctx, { sessionId, generation, kind });

export const outcomeOf = async (...rotation: Parameters<typeof rotate>) =>
  (await rotate(...rotation)).outcome;

export const tokenOf = ({ id }: Session, generation: number) =>
  issueRefreshToken({ sessionId: id, generation });

/** The code that it is refused with. */
export const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
