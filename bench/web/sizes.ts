import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { addressOf, type PageRoute, pages } from "@/e2e/support/pages";
import type { Limit, Result } from "./results";

const CHUNKS = ".next/static/chunks";

const SCRIPTS: Record<"outside" | "inside", Limit> = {
  outside: { unit: "KB", budget: 170, failLine: 190 },
  inside: { unit: "KB", budget: 220, failLine: 250 },
};
const STYLES: Limit = { unit: "KB", budget: 20, failLine: 30 };
const REQUESTS: Limit = { unit: "", budget: 25 };
const LAZY: Limit = { unit: "KB", budget: 30 };

type Options = { url: string; cookie: string; taskId: string };

/** What the first load of every page fetches, and the largest script that comes later; compressed as it is sent. */
export async function measureSizes({ url, cookie, taskId }: Options): Promise<Result[]> {
  const seen = new Set(await polyfills());
  const results: Result[] = [];
  for (const page of pages) {
    const headers = page.isForSignedIn ? { cookie } : undefined;
    const answer = await fetch(url + addressOf(page, taskId), { headers });
    if (!answer.ok) throw new Error(`${page.route} answered ${answer.status}.`);
    const files = filesOf(await answer.text());
    for (const file of files) seen.add(file);
    results.push(...(await weigh(page, files)));
  }
  return [...results, await largestLazyScript(seen)];
}

/** Also those that only the data of the page names: the browser fetches them as soon as it reads that. */
function filesOf(html: string): string[] {
  const loaded = html.replace(/<script[^>]*\bnomodule\b[^>]*>/gi, "");
  return [
    ...new Set(
      [...loaded.matchAll(/static\/chunks\/([\w.~-]+\.(?:js|css))/g)].flatMap(([, name]) => name ?? []),
    ),
  ];
}

async function weigh({ route, isForSignedIn }: PageRoute, files: readonly string[]): Promise<Result[]> {
  const sum = async (ending: string) => {
    const sizes = await Promise.all(files.filter((name) => name.endsWith(ending)).map(sizeOf));
    return sizes.reduce((total, size) => total + size, 0);
  };
  const where = route;
  return [
    { metric: "scripts", where, value: await sum(".js"), ...SCRIPTS[isForSignedIn ? "inside" : "outside"] },
    { metric: "styles", where, value: await sum(".css"), ...STYLES },
    { metric: "requests", where, value: 1 + files.length, ...REQUESTS },
  ];
}

async function largestLazyScript(seen: ReadonlySet<string>): Promise<Result> {
  const names = (await readdir(CHUNKS)).filter((name) => name.endsWith(".js") && !seen.has(name));
  const sizes = await Promise.all(names.map(async (name) => ({ name, value: await sizeOf(name) })));
  const largest = sizes.toSorted((a, b) => b.value - a.value)[0];
  return {
    metric: "largest lazy script",
    where: largest?.name ?? "none",
    value: largest?.value ?? 0,
    ...LAZY,
  };
}

/** In KB of 1,000 bytes. */
const sizeOf = async (name: string) => gzipSync(await readFile(`${CHUNKS}/${name}`)).byteLength / 1000;

async function polyfills(): Promise<string[]> {
  const { polyfillFiles } = JSON.parse(await readFile(".next/build-manifest.json", "utf8")) as {
    polyfillFiles: string[];
  };
  return polyfillFiles.map((path) => path.replace("static/chunks/", ""));
}
