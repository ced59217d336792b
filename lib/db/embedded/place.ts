import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotStart } from "./cannot-start";

export type User = { name: string; uid: number; gid: number };

/** Where the cluster is, and who runs it when that is not the user who asks. */
export type Place = { folder: string; user?: User };

export const SHARED_FOLDER = "/var/lib/fourfold";

export const isRoot = () => process.geteuid?.() === 0;

/** PostgreSQL refuses root, so root lends its place to another user, who may have to stay outside a root-only folder. */
export async function findPlace(dataFolder: string): Promise<Place> {
  const folder = await makeFolder(dataFolder);
  if (!isRoot()) return { folder };
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const elsewhere = join(SHARED_FOLDER, hash);
  for (const place of [folder, elsewhere]) {
    const owner = await stat(join(place, "postgres", "PG_VERSION")).catch(() => undefined);
    if (owner) return { folder: place, user: { name: nameOf(owner.uid), uid: owner.uid, gid: owner.gid } };
  }
  const user = findServiceUser();
  if (mayEnter(user, folder)) return { folder, user };
  await makeFolder(SHARED_FOLDER);
  await makeFolder(elsewhere);
  // For whoever wonders, after the folder is gone, whose data this was.
  await writeFile(join(elsewhere, "belongs-to"), `${folder}\n`);
  return { folder: elsewhere, user };
}

/** Root's folder can be passed through, for the user who runs PostgreSQL; what is in it stays closed. */
export async function makeFolder(path: string): Promise<string> {
  const isNew = await mkdir(path, { recursive: true });
  if (isNew) await chmod(path, isRoot() ? 0o711 : 0o700);
  return realpath(path);
}

/** How PostgreSQL's programs are started: as their user, from a folder that everybody may enter, with messages in English. */
export const as = (user: User | undefined) => ({
  ...(user && { uid: user.uid, gid: user.gid }),
  cwd: "/",
  env: { LC_ALL: "C", NODE_ENV: "production" as const },
});

const nameOf = (uid: number) =>
  spawnSync("id", ["-nu", String(uid)], { encoding: "utf8" }).stdout.trim() || `user ${uid}`;

function findServiceUser(): User {
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, name]).stdout || Number.NaN));
    if (uid && gid) return { name, uid, gid };
  }
  throw new CannotStart(
    "PostgreSQL refuses to run as root, and this system has neither a user postgres nor a user nobody: start as a normal user.",
  );
}

function mayEnter(user: User, folder: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], as(user)).status === 0;
}
