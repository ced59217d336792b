import { realpath } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Cluster, SUPERUSER } from "./cluster";
import { isAlive } from "./postmaster";

export const DATABASE = "fourfold";

const LOCK = "hashtextextended('fourfold:in use', 0)";
const RETURN_MS = 5_000;

/** One connection that says "in use" for as long as it lives: a shared lock, which ends with its holder however that dies. */
export type Lease = {
  /** Resolves when the server is gone although nobody gave the lease up. */
  lost: Promise<void>;
  /** True for the last one to leave, who then stops the server. */
  giveUp(): Promise<boolean>;
};

type Target = { cluster: Cluster; pid: number; port: number };

/** Undefined while the server is being stopped by the last one who used it. Rejects when this is not our server. */
export async function takeLease(target: Target): Promise<Lease | undefined> {
  let client = await connect(target);
  if (!client) return undefined;
  let isGivenUp = false;
  const lost = async (): Promise<void> => {
    while (client) {
      await ended(client);
      if (isGivenUp) return new Promise(() => {});
      client = await reconnect(target);
    }
  };
  return {
    lost: lost(),
    giveUp: async () => {
      isGivenUp = true;
      const isLast = client ? await isAlone(client).catch(() => true) : true;
      if (!isLast) await client?.end().catch(() => {});
      return isLast;
    },
  };
}

/** When one backend is killed, PostgreSQL ends all the others too and comes back by itself. */
async function reconnect(target: Target): Promise<pg.Client | undefined> {
  const deadline = Date.now() + RETURN_MS;
  while (isAlive(target.pid) && Date.now() < deadline) {
    const client = await connect(target).catch(() => undefined);
    if (client) return client;
    await sleep(100);
  }
  return undefined;
}

async function connect({ cluster, port }: Target): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: SUPERUSER,
    password: cluster.password,
    database: "postgres",
    application_name: "fourfold in use",
    connectionTimeoutMillis: 3_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    await requireOurs(client, cluster.data);
    const { rows } = await client.query<{ held: boolean }>(
      `select pg_try_advisory_lock_shared(${LOCK}) as held`,
    );
    if (rows[0]?.held) {
      await createDatabase(client);
      return client;
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  await client.end().catch(() => {});
  return undefined;
}

async function requireOurs(client: pg.Client, data: string): Promise<void> {
  const { rows } = await client.query<{ data: string }>("select current_setting('data_directory') as data");
  if ((await realpath(rows[0]?.data ?? "")) !== (await realpath(data)))
    throw new Error("another data folder");
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
  if (rowCount) return;
  await client.query(`create database ${DATABASE}`).catch((error: pg.DatabaseError) => {
    const isMadeByAnother = error.code === "42P04" || error.code === "23505";
    if (!isMadeByAnother) throw error;
  });
}

/** Of several who leave at once exactly one is alone: whoever asks for the exclusive lock when no share is left. */
async function isAlone(client: pg.Client): Promise<boolean> {
  await client.query(`select pg_advisory_unlock_shared(${LOCK})`);
  const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${LOCK}) as alone`);
  return rows[0]?.alone === true;
}

const ended = (client: pg.Client) => new Promise<void>((resolve) => client.once("end", resolve));
