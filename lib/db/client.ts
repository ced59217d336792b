import type { Pool as NeonPool, PoolClient as NeonPoolClient } from "@neondatabase/serverless";
import { drizzle as drizzleNeon } from "drizzle-orm/neon-serverless";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import pg from "pg";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";
import { tracing } from "@/lib/tracing/spans";
import { connectionConfig, type Driver, driverFor } from "./connection";
import { neonPool } from "./neon";
import { type AroundStatement, guard, type Pool, type PoolClient } from "./pool";

type Result<Row> = { rows: Row[]; rowCount: number | null; command: string };

interface ResultOfBoth extends PgQueryResultHKT {
  type: Result<this["row"]>;
}

/** Either driver's Drizzle, or an open transaction's. Only `transaction(ctx, fn)` opens one: Drizzle's own leaks. */
export type Db = Omit<PgDatabase<ResultOfBoth>, "transaction">;

export type Connection = {
  db: Db;
  /** With an error the connection is destroyed instead of used again. */
  release(error?: unknown): void;
};

export type Database = {
  db: Db;
  /** A connection of one's own, in which BEGIN has run. */
  begin(): Promise<Connection>;
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
};

export type ConnectOptions = {
  url: string;
  driver?: "auto" | Driver;
  poolMax: number;
  /** How long to wait for a connection in all, whatever is retried meanwhile. */
  connectTimeoutMs: number;
  statementTimeoutMs: number;
  applicationName?: string;
  isPreparing?: boolean;
  neonProxy?: string;
  /** Given the text of every statement, never its parameters. */
  log?: (text: string) => void;
  around?: AroundStatement;
};

/** Longer than the server's own timeout, so that it acts only when the server does not. */
const HUNG_SERVER_MARGIN_MS = 150;

const IDLE_MS = 30_000;

const databases = processWide("databases", () => new WeakMap<Db, Database>());

/** The database that a handle belongs to; none for the handle of a transaction. */
export const databaseOf = (db: Db): Database | undefined => databases.get(db);

/** The one of this process, made at its first use. */
export const database = () =>
  processWide("database", () =>
    connect({
      url: env.DATABASE_URL,
      driver: env.DATABASE_DRIVER,
      poolMax: env.DATABASE_POOL_MAX,
      connectTimeoutMs: env.DATABASE_CONNECT_TIMEOUT_MS,
      statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
      isPreparing: env.DATABASE_PREPARE === "on",
      neonProxy: env.NEON_WS_PROXY,
      log: env.DEBUG_SQL ? (text) => console.debug(text) : undefined,
      around: tracing?.traceStatement,
    }),
  );

export function connect(options: ConnectOptions): Database {
  const connection = connectionConfig(options.url, options.applicationName);
  const config = {
    ...connection,
    max: options.poolMax,
    connectionTimeoutMillis: options.connectTimeoutMs,
    query_timeout: options.statementTimeoutMs + HUNG_SERVER_MARGIN_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
  };
  const logger = options.log && { logQuery: options.log };
  if (driverFor(options.driver ?? "auto", connection.host) === "neon") {
    const wrap = (client: NeonPool | NeonPoolClient) => drizzleNeon({ client, logger });
    return open<NeonPoolClient, NeonPool>(neonPool(config, options.neonProxy), wrap, options);
  }
  const wrap = (client: pg.Pool | pg.PoolClient) => drizzlePg({ client, logger });
  return open<pg.PoolClient, pg.Pool>(new pg.Pool(config), wrap, options);
}

function open<C extends PoolClient, P extends Pool<C>>(
  pool: P,
  wrap: (client: P | C) => Db,
  { poolMax, connectTimeoutMs: timeoutMs, isPreparing, around }: ConnectOptions,
): Database {
  const take = guard<C>(pool, { poolMax, timeoutMs, isPreparing, around });
  const lend = (client: C): Connection => ({
    db: wrap(client),
    release: (error) => client.release(error !== undefined),
  });
  const opened: Database = {
    db: wrap(pool),
    begin: async () => lend(await take((client) => client.query("begin"))),
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
  databases.set(opened.db, opened);
  return opened;
}
