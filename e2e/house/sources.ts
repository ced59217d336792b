import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** Every file of the project that git knows or would add. */
export const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path && existsSync(path));

export const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !/\.gen\.|\.d\.ts$/.test(path));

export const read = (path: string) => readFileSync(path, "utf8");

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^"'`;]*?from\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/g;

/** What a file imports, types included: a path of this project, or the name of a package. */
export function importsOf(path: string): string[] {
  return [...read(path).matchAll(IMPORT)].map((match) => resolve(path, match[1] ?? match[2] ?? ""));
}

function resolve(from: string, target: string): string {
  const isLocal = target.startsWith(".") || target.startsWith("@/");
  if (!isLocal) return target;
  const path = normalize(target.startsWith("@/") ? target.slice(2) : join(dirname(from), target));
  const found = [path, `${path}.ts`, `${path}.tsx`, `${path}.mjs`, `${path}/index.ts`].find((candidate) =>
    files.includes(candidate),
  );
  return found ?? path;
}

/** The shortest chain of imports from a file to something that `isWanted` accepts. */
export function chainTo(start: string, isWanted: (target: string) => boolean): string[] | undefined {
  const seen = new Set([start]);
  const queue = [[start]];
  for (let chain = queue.shift(); chain; chain = queue.shift()) {
    for (const target of importsOf(chain.at(-1) ?? "")) {
      if (isWanted(target)) return [...chain, target];
      if (seen.has(target) || !code.includes(target)) continue;
      seen.add(target);
      queue.push([...chain, target]);
    }
  }
  return undefined;
}
