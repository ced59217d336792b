import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Binaries, findBinaries } from "./embedded/binaries";
import { CannotStart, diskFull, isDiskFull, lastLines, requireSpace } from "./embedded/cannot-start";
import { type Cluster, ensureCluster, SUPERUSER } from "./embedded/cluster";
import { DATABASE, type Lease, takeLease } from "./embedded/lease";
import { findPlace, type Place } from "./embedded/place";
import {
  type LockFile,
  lockFile,
  logFile,
  readLockFile,
  spawnPostmaster,
  stopPostmaster,
} from "./embedded/postmaster";

const PATIENCE_MS = 10_000;

type Options = {
  dataFolder?: string;
  /** Settings of PostgreSQL, for a server that is not running yet. */
  settings?: Record<string, string>;
  log?: (line: string) => void;
};

export type EmbeddedServer = {
  url: string;
  pid: number;
  /** Where its files are, which for root may be outside the data folder. */
  folder: string;
  /** Resolves with the reason when the server ends although nobody closed it. */
  ended: Promise<string>;
  /** Stops the server when nobody else uses it. */
  close(): Promise<void>;
};

type Running = { lease: Lease; pid: number; port: number; callOff: () => void };

type Home = { place: Place; binaries: Binaries; cluster: Cluster; settings: Record<string, string> };

/** A PostgreSQL of this folder's own: the running one, or a new one when there is none. Several may use it at once. */
export async function openEmbedded({
  dataFolder = ".data",
  settings = {},
  log = () => {},
}: Options = {}): Promise<EmbeddedServer> {
  const place = await findPlace(resolve(dataFolder));
  if (place.user)
    log(
      `PostgreSQL refuses to run as root: it runs as ${place.user.name}, with its data in ${place.folder}.`,
    );
  const binaries = await findBinaries(place.user);
  const cluster = await ensureCluster(place, binaries);
  const { lease, pid, port, callOff } = await enter({ place, binaries, cluster, settings });
  let closing: Promise<void> | undefined;
  const leave = async () => {
    if (await lease.giveUp()) await stopPostmaster(pid);
    callOff();
  };
  return {
    url: `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`,
    pid,
    folder: place.folder,
    ended: lease.lost.then(async () => `The database ended by itself:\n${lastLines(await readLog(place))}`),
    close: () => {
      closing ??= leave();
      return closing;
    },
  };
}

async function enter(home: Home): Promise<Running> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const running = await readLockFile(home.cluster.data);
    const server = running ? await adopt(home.cluster, running) : await launch(home);
    if (server) return server;
    if (Date.now() > deadline) throw await tooLong(home, running);
    await sleep(100);
  }
}

/** Undefined when asking again may give another answer: the server is starting, stopping or has just ended. */
async function adopt(cluster: Cluster, running: LockFile): Promise<Running | undefined> {
  if (!running.isReady) return undefined;
  try {
    const lease = await takeLease({ cluster, ...running });
    return lease && { lease, ...running, callOff: () => {} };
  } catch {
    await sleep(200);
    const later = await readLockFile(cluster.data);
    if (later?.isReady && later.pid === running.pid) throw foreign(cluster, running);
    return undefined;
  }
}

const foreign = ({ data }: Cluster, { pid }: LockFile) =>
  new CannotStart(
    `${lockFile(data)} names process ${pid}, which is running but is not the database of this folder: if no PostgreSQL uses ${data}, delete that file and start again.`,
  );

async function launch(home: Home): Promise<Running | undefined> {
  const { cluster, place } = home;
  await requireSpace(place.folder);
  const { callOff, hasEnded, pid, port } = await spawnPostmaster(
    home.binaries.postgres,
    cluster.data,
    place,
    home.settings,
  );
  while (!hasEnded()) {
    const running = await readLockFile(cluster.data);
    if (running?.pid === pid && running.isReady) {
      const lease = await takeLease({ cluster, pid, port }).catch(async (error: Error) => {
        await stopPostmaster(pid);
        throw new CannotStart(`The database in ${cluster.data} does not let us in: ${error.message}.`);
      });
      if (lease) return { lease, pid, port, callOff };
    }
    await sleep(20);
  }
  callOff();
  const output = await readLog(place);
  if (isDiskFull(output)) throw diskFull(place.folder);
  if (PASSING.test(output)) return undefined;
  throw new CannotStart(`The database in ${cluster.data} did not start:\n${lastLines(output)}`);
}

/** Another start was quicker, the port was taken in between, or processes of a killed server are still ending. */
const PASSING =
  /lock file "postmaster.pid" already exists|could not bind|could not create any TCP|pre-existing shared memory|database system is shut down/;

async function tooLong({ cluster, place }: Home, running: LockFile | undefined): Promise<CannotStart> {
  if (running) return foreign(cluster, running);
  return new CannotStart(
    `The database in ${cluster.data} did not start:\n${lastLines(await readLog(place))}`,
  );
}

const readLog = (place: Place) => readFile(logFile(place), "utf8").catch(() => "");
