import { basename, extname } from "node:path";
import { describe, expect, test } from "vitest";
import { chainTo, code, files, importsOf, read } from "./sources";

const product = code.filter((path) => /^(app|lib|server)\//.test(path) && !path.includes(".test."));
const infrastructure = ["auth", "client", "db", "http", "metrics", "tracing", "web-session"];

const nounOf = (path: string) => {
  const folder = path.match(/^lib\/([^/]+)\//)?.[1];
  return folder && !infrastructure.includes(folder) ? folder : undefined;
};

const isIn = (path: string, ...folders: string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** Every pair of a file and something that it must not import, told in a way that can be acted on. */
function breaches(
  from: (path: string) => boolean,
  isBanned: (target: string, path: string) => boolean,
): string[] {
  return product.filter(from).flatMap((path) =>
    importsOf(path)
      .filter((target) => isBanned(target, path))
      .map((target) => `${path} imports ${target}`),
  );
}

describe("arrows: server → app → lib/http, lib/auth, lib/<nouns> → lib/context → lib/db → lib/env", () => {
  test("lib imports nothing of app, server, scripts or e2e: move what it needs into lib", () => {
    expect(
      breaches(
        (path) => isIn(path, "lib"),
        (target) => isIn(target, "app", "server", "scripts", "e2e"),
      ),
    ).toEqual([]);
  });

  test("app imports nothing of server, scripts or e2e: the server composes the app, not the reverse", () => {
    expect(
      breaches(
        (path) => isIn(path, "app"),
        (target) => isIn(target, "server", "scripts", "e2e"),
      ),
    ).toEqual([]);
  });

  test("lib/db imports nothing above it: pass values in instead", () => {
    const isAbove = (target: string) =>
      isIn(target, "lib/http", "lib/auth", "lib/metrics", "lib/web-session", "lib/context.ts") ||
      Boolean(nounOf(target));
    expect(breaches((path) => isIn(path, "lib/db"), isAbove)).toEqual([]);
  });

  test("lib/http knows no database, no noun and no sign-in: inject what it needs", () => {
    const isKnown = (target: string) =>
      isIn(target, "lib/db", "lib/auth", "lib/web-session", "pg", "drizzle-orm", "@neondatabase") ||
      isIn(target, "lib/metrics", "lib/tracing", "prom-client", "@opentelemetry") ||
      Boolean(nounOf(target));
    expect(breaches((path) => isIn(path, "lib/http"), isKnown)).toEqual([]);
  });

  test("a noun knows no HTTP and no sign-in: verbs take (ctx, input)", () => {
    expect(
      breaches(
        (path) => Boolean(nounOf(path)),
        // What is exported of a user are the sessions and the like too: their shapes, and nothing that acts.
        (target, path) =>
          isIn(target, "lib/http", "lib/auth", "lib/web-session") &&
          !(path === "lib/export/schemas.ts" && target === "lib/auth/schemas.ts"),
      ),
    ).toEqual([]);
  });

  test("lib/errors imports nothing: everyone may use it", () => {
    expect(importsOf("lib/errors.ts")).toEqual([]);
  });

  test("lib/client imports nothing but itself: it runs in a browser and in other people's programs", () => {
    expect(
      breaches(
        (path) => isIn(path, "lib/client"),
        (target) => !isIn(target, "lib/client"),
      ),
    ).toEqual([]);
  });

  test("only lib/db, lib/<nouns>, lib/auth, lib/web-session and drizzle/ import Drizzle: put the query into a verb", () => {
    const mayQuery = (path: string) =>
      isIn(path, "lib/db", "lib/auth", "lib/web-session", "lib/context.ts") || Boolean(nounOf(path));
    expect(
      breaches(
        (path) => !mayQuery(path),
        (target) => isIn(target, "drizzle-orm", "pg"),
      ),
    ).toEqual([]);
  });

  test("no route handler reaches next or next-auth: it must run in plain Node too", () => {
    const handlers = product.filter((path) =>
      /^app\/(api\/(?!auth\/)|health\/|metrics\/).*route\.ts$/.test(path),
    );
    expect(handlers.length).toBeGreaterThan(3);
    const chains = handlers.map((path) => chainTo(path, (target) => /^(next|next-auth)(\/|$)/.test(target)));
    expect(chains.filter(Boolean).map((chain) => chain?.join(" → "))).toEqual([]);
  });

  test("what is measured knows nothing of it: only lib/metrics, lib/api.ts, app and server know of metrics", () => {
    expect(
      breaches(
        (path) => isIn(path, "lib") && !isIn(path, "lib/metrics", "lib/api.ts"),
        (target) => isIn(target, "lib/metrics", "prom-client"),
      ),
    ).toEqual([]);
  });

  test("the machinery of traces is loaded when they are wanted: by lib/tracing/start.ts, and by no import at its head", () => {
    const isMachinery = (target: string) => isIn(target, "@vercel/otel", "lib/tracing/sampler.ts");
    expect(breaches((path) => path !== "lib/tracing/start.ts", isMachinery)).toEqual([]);
    expect(read("lib/tracing/start.ts")).not.toMatch(/^import .*(otel"|sampler)/m);
  });

  test("lib/web-session is the only part of lib that knows Next", () => {
    expect(
      breaches(
        (path) => isIn(path, "lib") && !isIn(path, "lib/web-session"),
        (target) => isIn(target, "next", "next-auth"),
      ),
    ).toEqual([]);
  });

  test("only lib/env.ts reads process.env: add the variable there", () => {
    expect(product.filter((path) => path !== "lib/env.ts" && read(path).includes("process.env"))).toEqual([]);
  });

  test("only lib/context.ts opens transactions: use transaction(ctx, fn)", () => {
    expect(product.filter((path) => path !== "lib/context.ts" && /\.transaction\(/.test(read(path)))).toEqual(
      [],
    );
  });
});

describe("sizes", () => {
  const lines = (path: string) => read(path).trimEnd().split("\n").length;

  test("a file has at most 200 lines, tests 300: past it, look for the missing noun", () => {
    const limit = (path: string) => (/\.(test|spec)\.ts$/.test(path) ? 300 : 200);
    const long = code.filter((path) => lines(path) > limit(path));
    expect(long.map((path) => `${path} has ${lines(path)} lines`)).toEqual([]);
  });

  test("a route handler is a policy and one call: at most 45 lines a file, no try, no if", () => {
    const routes = product.filter((path) => path.startsWith("app/api/v1/") && path.endsWith("route.ts"));
    expect(routes.filter((path) => lines(path) > 45 || /\b(try|if)\b\s*[({]/.test(read(path)))).toEqual([]);
  });
});

describe("names", () => {
  const BANNED = /^(types|utils?|helpers?|misc|common|service|manager|repository)$/;

  test("files say what is in them: no types, utils, helpers or service", () => {
    expect(code.filter((path) => BANNED.test(basename(path, extname(path))))).toEqual([]);
  });

  test("files and folders are kebab-case", () => {
    const isFine = (path: string) =>
      path.split("/").every((part) => /^[@(._[]?[a-z0-9.\-[\]()_]*$/.test(part));
    expect(code.filter((path) => !isFine(path))).toEqual([]);
  });

  test("one word, four places: a folder under app/api/v1 has its lib folder and its spec", () => {
    const nouns = new Set(
      product
        .map((path) => path.match(/^app\/api\/v1\/([a-z-]+)\//)?.[1])
        .filter((noun) => noun !== undefined),
    );
    const missing = [...nouns].flatMap((noun) =>
      [`lib/${noun}/`, `e2e/api/${noun}`].filter((start) => !files.some((path) => path.startsWith(start))),
    );
    expect(missing).toEqual([]);
  });
});

describe("documents", () => {
  test("every path that a document names exists", () => {
    const documents = files.filter((path) => path.endsWith(".md") && path !== "CHANGELOG.md");
    const named = documents.flatMap((document) =>
      [
        ...read(document).matchAll(/`((?:app|lib|server|drizzle|e2e|bench|scripts|docs)\/[\w./[\]()-]*)`/g),
      ].map((match) => ({
        document,
        path: (match[1] ?? "").replace(/\/$/, ""),
      })),
    );
    const isThere = (path: string) => files.some((file) => isIn(file, path) || file === `${path}.ts`);
    expect(
      named.filter(({ path }) => !isThere(path)).map(({ document, path }) => `${document} names ${path}`),
    ).toEqual([]);
  });

  test("AGENTS.md stays within 60 lines: arrows and surprises only", () => {
    expect(read("AGENTS.md").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  });

  test("the lockfile names no host", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved":/);
  });
});
