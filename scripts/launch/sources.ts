import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** What the build does not see. Anything else counts, so that nobody has to remember to list a new folder. */
const IGNORED = /^(\..*|node_modules|bench|dist|docs|e2e|scripts|test-results|next-env\.d\.ts)$/;
const TOP_FILE = /\.(ts|tsx|js|mjs|json)$/;
const TEST = /\.test\.tsx?$/;

/** One hash over the names and contents of all sources, and over the variables that a build freezes. */
export async function fingerprint(root = "."): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await sources(root)) hash.update(`${path}\0`).update(await readFile(join(root, path)));
  for (const name of Object.keys(process.env).sort())
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`\0${name}=${process.env[name]}`);
  return hash.digest("hex");
}

async function sources(root: string): Promise<string[]> {
  const top = await readdir(root, { withFileTypes: true });
  const paths = top
    .filter(({ name }) => !IGNORED.test(name))
    .map(async (entry) => {
      if (entry.isDirectory()) return filesIn(root, entry.name);
      return TOP_FILE.test(entry.name) ? [entry.name] : [];
    });
  return (await Promise.all(paths))
    .flat()
    .filter((path) => !TEST.test(path))
    .sort();
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}
