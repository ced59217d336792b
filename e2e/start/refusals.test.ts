import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { freePort } from "@/e2e/support/server";
import { copyProject, type Folder } from "./folder";
import { endAll, type Options, refusalOf, START } from "./launched";

const SECRET = `${"0123456789abcdef".repeat(4)}\n`;
const isRoot = process.geteuid?.() === 0;

let folder: Folder;
let data: string;

beforeAll(async () => {
  folder = await copyProject();
  data = join(folder.path, ".data");
}, 60_000);
afterEach(async () => {
  await endAll();
  await rm(data, { recursive: true, force: true });
});
afterAll(() => folder.remove());

const refusal = async (options: Options = {}) =>
  refusalOf(folder.path, { ...options, env: { PORT: String(await freePort()), ...options.env } });

/** A cluster as far as the checks before PostgreSQL look at it. */
async function layCluster(files: Record<string, string>) {
  await mkdir(join(data, "postgres"), { recursive: true });
  for (const [name, text] of Object.entries({ "postgres/PG_VERSION": "18\n", ...files })) {
    await writeFile(join(data, name), text);
    if (isRoot) await chown(join(data, name), 65534, 65534);
  }
}

describe("npm start refuses, in one sentence,", { timeout: 30_000 }, () => {
  test.each(["127.0.0.1", "::1"])("a port that another program has on %s", async (host) => {
    const other = createServer().listen(0, host);
    await once(other, "listening");
    const address = other.address();
    const port = String(typeof address === "object" ? address?.port : "");
    expect(await refusal({ env: { PORT: port } })).toBe(
      `Port ${port} is taken by another program: stop that, or choose another port with PORT.`,
    );
    expect(existsSync(join(data, "postgres"))).toBe(false);
    other.close();
  });

  test("an address that this machine does not have", async () => {
    const port = String(await freePort());
    expect(await refusal({ env: { HOST: "192.0.2.1", PORT: port } })).toBe(
      `HOST=192.0.2.1 PORT=${port} cannot be listened on (EADDRNOTAVAIL): choose others.`,
    );
  });

  test("a lock file that names a process which is not its database", async () => {
    const lockFile = join(data, "postgres/postmaster.pid");
    const closedPort = await freePort();
    await layCluster({
      "database-password": SECRET,
      "postgres/postmaster.pid": `${process.pid}\n${data}/postgres\n1\n${closedPort}\n\n127.0.0.1\n1 1\nready   \n`,
    });
    expect(await refusal()).toBe(
      `${lockFile} names process ${process.pid}, which is running but is not the database of this folder: if no PostgreSQL uses ${data}/postgres, delete that file and start again.`,
    );
    expect(existsSync(lockFile)).toBe(true);
  });

  test("a database of another PostgreSQL version", async () => {
    await layCluster({ "database-password": SECRET, "postgres/PG_VERSION": "17\n" });
    expect(await refusal()).toBe(
      `The database in ${data}/postgres was made by PostgreSQL 17, which PostgreSQL 18 cannot open: dump it with 17 and restore it into a new one, or move that folder away to begin empty.`,
    );
  });

  test("a database without its password", async () => {
    await layCluster({});
    expect(await refusal()).toBe(
      `${data}/database-password is missing, and the database beside it does not open without it: restore it from a copy, or move ${data}/postgres away to begin empty.`,
    );
  });

  test("a damaged secret, which it leaves as it is", async () => {
    const { url, drop } = await createDatabase({ template: "template0" });
    await mkdir(data);
    await writeFile(join(data, "auth-secret"), "half of i");
    expect(await refusal({ env: { DATABASE_URL: url } })).toMatch(
      /^\.data\/auth-secret is damaged .* restore it from a copy\.$/,
    );
    expect(await readFile(join(data, "auth-secret"), "utf8")).toBe("half of i");
    await drop();
  });

  test("an environment with mistakes, all of them by name and none by value", async () => {
    const { url, drop } = await createDatabase({ template: "template0" });
    const env = { PORT: "99999", DATABASE_URL: url, LOG_LEVEL: "loudest", DATABASE_POOL_MAX: "none" };
    const output = await refusal({ env });
    expect(output).toMatch(/^The environment has 3 problem\(s\):\n/);
    for (const name of ["PORT", "LOG_LEVEL", "DATABASE_POOL_MAX"])
      expect(output).toContain(`  ${name} must be`);
    expect(output).not.toMatch(/99999|loudest|none|\n {4}at /);
    await drop();
  });

  test("a Node that is too old", async () => {
    const older = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.18.0"})`;
    const [node = "", ...rest] = START;
    expect(await refusal({ command: [node, "--import", older, ...rest] })).toMatch(
      /^Fourfold needs Node 20\.19 or newer, and this is v.*: install it from https:\/\/nodejs\.org\.$/,
    );
  });
});
