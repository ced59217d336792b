import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries";
import { CannotStart, diskFull, isDiskFull, lastLines, requireSpace } from "./cannot-start";
import { as, type Place } from "./place";
import { isAlive } from "./postmaster";
import { keepSecret } from "./secret";

export const SUPERUSER = "fourfold";

/** The same text order, case rules and encoding on every machine, whatever its locale is. */
const LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

export type Cluster = { data: string; password: string };

export async function ensureCluster(place: Place, binaries: Binaries): Promise<Cluster> {
  const data = join(place.folder, "postgres");
  const passwordFile = join(place.folder, "database-password");
  const version = await readFile(join(data, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version === undefined) {
    await requireSpace(place.folder);
    return { data, password: await createCluster(place, binaries, data, passwordFile) };
  }
  if (Number(version) !== binaries.major)
    throw new CannotStart(
      `The database in ${data} was made by PostgreSQL ${version.trim()}, which PostgreSQL ${binaries.major} cannot open: dump it with ${version.trim()} and restore it into a new one, or move that folder away to begin empty.`,
    );
  return { data, password: await readPassword(passwordFile, data) };
}

async function readPassword(passwordFile: string, data: string): Promise<string> {
  const folder = await readdir(join(passwordFile, ".."));
  if (folder.includes("database-password")) return keepSecret(passwordFile);
  throw new CannotStart(
    `${passwordFile} is missing, and the database beside it does not open without it: restore it from a copy, or move ${data} away to begin empty.`,
  );
}

/** Complete or not there: the cluster is made under another name and renamed when it is whole. */
async function createCluster(place: Place, binaries: Binaries, data: string, passwordFile: string) {
  const password = await keepSecret(passwordFile);
  await removeLeftovers(place.folder);
  const draft = await mkdtemp(join(place.folder, `initdb-${process.pid}-`));
  if (place.user) for (const path of [draft, passwordFile]) await chown(path, place.user.uid, place.user.gid);
  const login = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const { code, output } = await run(binaries.initdb, ["-D", draft, ...login, ...LOCALE], place);
  if (code === 0) {
    // Somebody who started at the same time may have been first: then theirs stays.
    await rename(draft, data).catch(() => {});
  }
  await rm(draft, { recursive: true, force: true });
  if (isDiskFull(output)) throw diskFull(place.folder);
  if (code !== 0) throw new CannotStart(`The database could not be made in ${data}:\n${lastLines(output)}`);
  return password;
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(name.match(/^initdb-(\d+)-/)?.[1]);
    if (pid && !isAlive(pid)) await rm(join(folder, name), { recursive: true });
  }
}

async function run(command: string, args: string[], place: Place): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    ...as(place.user),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code: Number(code ?? 1), output };
}
