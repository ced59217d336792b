import type { EventEmitter } from "node:events";
import { isConnectionLost, sqlState } from "./failures";
import { reach, UnreachableError } from "./retry";

/**
 * Who would have to wait behind more than so many for each connection is refused at once: otherwise everybody waits until
 * it is too late for all of them, and a server that has a little too much to do answers hardly anybody.
 */
const WAITING_PER_CONNECTION = 25;

/** What the clients of both drivers have in common. */
export type PoolClient = {
  query(statement: { text: string; name?: string | undefined } | string, values?: unknown[]): Promise<object>;
  release(destroy?: boolean): void;
};

export type Pool<C extends PoolClient> = {
  on(event: "error", listener: () => void): unknown;
  on(event: "connect", listener: (client: C & EventEmitter) => void): unknown;
  connect(): Promise<C>;
  end(): Promise<void>;
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
};

/** Takes a client of the pool. `prepare` runs on it first and may run on several: BEGIN, and nothing that writes. */
export type Take<C> = (prepare?: (client: C) => Promise<unknown>) => Promise<C>;

/** Runs a statement inside of whatever follows it. */
export type AroundStatement = <T>(text: string, run: () => Promise<T>) => Promise<T>;

type GuardOptions = {
  poolMax: number;
  timeoutMs: number;
  /** Statements get names, which every pooler in between has to know. */
  isPreparing?: boolean | undefined;
  around?: AroundStatement | undefined;
};

/** Lets a pool outlive its connections: nothing that happens to one ends the process, and reaching one is retried. */
export function guard<C extends PoolClient>(
  pool: Pool<C>,
  { poolMax, timeoutMs, isPreparing = true, around }: GuardOptions,
): Take<C> {
  // A lost connection fails the statement in flight, or leaves the pool; without listeners it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    if (around) follow(client, around);
  });

  const take: Take<C> = async (prepare) => {
    if (pool.waitingCount >= poolMax * WAITING_PER_CONNECTION)
      throw new UnreachableError(new Error("Too many wait for a connection."));
    const attempt = async () => {
      const client = await pool.connect();
      await prepare?.(client).catch((error: unknown) => {
        client.release(true);
        throw error;
      });
      return client;
    };
    return reach(attempt, { timeoutMs, discard: (client) => client.release(Boolean(prepare)) });
  };
  Object.assign(pool, { query: queryWith(take, isPreparing ? createNames() : () => undefined) });
  return take;
}

function follow(client: PoolClient, around: AroundStatement): void {
  const query = client.query.bind(client);
  const followed: PoolClient["query"] = (statement, values) =>
    around(typeof statement === "string" ? statement : statement.text, () => query(statement, values));
  Object.assign(client, { query: followed });
}

/** The pool's own would not retry, and would drop a good connection at every row that is refused. */
function queryWith<C extends PoolClient>(take: Take<C>, nameOf: NameOf) {
  return async (statement: { text: string }, values: unknown[]) => {
    const client = await take();
    try {
      const result = await client.query({ ...statement, name: nameOf(statement.text) }, values);
      client.release();
      return result;
    } catch (error) {
      client.release(sqlState(error) === undefined || isConnectionLost(error));
      throw error;
    }
  };
}

type NameOf = (text: string) => string | undefined;

const MAX_NAMES = 500;

/** Begins the text of a page that is found in the same way whoever asks for it. */
export const PLANNED_ONCE = "/* planned once */";

/** Whose page it is decides, as a rule, how it is best found: PostgreSQL has to plan it anew every time. */
const isPlannedAnew = (text: string) => /\blimit\b/.test(text) && !text.includes(PLANNED_ONCE);

/** A statement with a name is parsed and planned once for each connection, and its text is sent once. */
function createNames(): NameOf {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MAX_NAMES || isPlannedAnew(text)) return known;
    const name = `fourfold_${names.size}`;
    names.set(text, name);
    return name;
  };
}
