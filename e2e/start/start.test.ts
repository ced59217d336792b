import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { query } from "@/e2e/support/database";
import { freePort } from "@/e2e/support/server";
import { openEmbedded } from "@/lib/db/embedded";
import { build } from "@/scripts/launch/build";
import { copyProject, type Folder, removeLinks } from "./folder";
import { endAll, type Launched, launch, stillAlive } from "./launched";

const STOP_MS = 10_000;

let folder: Folder;
let port: string;

beforeAll(async () => {
  await build();
  folder = await copyProject();
  await removeLinks(folder);
  port = String(await freePort());
}, 300_000);

afterEach(endAll);
afterAll(() => folder.remove());

const start = (options: Parameters<typeof launch>[1] = {}) =>
  launch(folder.path, { ...options, env: { PORT: port, ...options.env } });

/** What the folder's own database answers, to somebody who uses it beside the service. */
async function ask(text: string) {
  const database = await openEmbedded({ dataFolder: join(folder.path, ".data") });
  const rows = await query<{ note: string }>(database.url, text);
  await database.close();
  return rows.map(({ note }) => note);
}

async function end(it: Launched, how: () => void) {
  const tree = it.tree();
  expect(tree.some(({ command }) => command.startsWith("fourfold-server"))).toBe(true);
  how();
  const code = await it.ended;
  expect(await stillAlive(tree, 5_000)).toEqual([]);
  return code;
}

const kill = (it: Launched, name: RegExp, signal: NodeJS.Signals = "SIGKILL") => {
  const found = it.tree().find(({ command }) => name.test(command));
  if (!found) throw new Error(`Nothing like ${name} is running.`);
  process.kill(found.pid, signal);
};

describe("npm start", { timeout: 60_000 }, () => {
  test("serves, says where, and ends within 10 s of a SIGTERM to npm alone", async () => {
    const it = start({ command: ["npm", "start"] });
    const url = await it.url();
    expect(url).toBe(`http://localhost:${port}`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(it.output()).toMatch(/Started the database.*\n.*Applied 0000_/);
    expect(it.output()).not.toContain("Building");
    expect(it.tree().some(({ command }) => command.startsWith(`${folder.path}/node_modules/`))).toBe(true);
    await ask("create table kept as select 'found again' as note");
    const tree = it.tree();
    process.kill(it.pid, "SIGTERM");
    expect(await stillAlive(tree, STOP_MS)).toEqual([]);
  });

  test("finds the data again, and ends within 10 s of Ctrl-C, pressed often, though a request hangs", async () => {
    const it = start();
    const url = new URL(await it.url());
    expect(await ask("select note from kept")).toEqual(["found again"]);
    expect(it.output()).not.toContain("Applied");
    const hanging = connect({ host: "127.0.0.1", port: Number(url.port) });
    hanging.on("error", () => {}).write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
    await once(hanging, "connect");
    const begin = performance.now();
    const code = await end(it, () => {
      for (let press = 0; press < 3; press += 1) process.kill(-it.pid, "SIGINT");
    });
    expect(code).toBe(0);
    expect(performance.now() - begin).toBeLessThan(STOP_MS);
  });

  test.each([
    ["the shell around npm", /^\/bin\/sh -c npm start/, ""],
    ["npm", /^npm start/, ""],
    ["itself", /^\S*node .*run\.mjs/, ""],
    ["the server", /^fourfold-server/, "The server ended by itself"],
    ["the database", /bin\/postgres /, "The database ended by itself"],
  ])("kill -9 of %s ends everything, and the next start recovers", async (_, name, reason) => {
    const it = start({ command: ["/bin/sh", "-c", "npm start; exit $?"] });
    await it.url();
    const note = `committed before the end of ${name.source}`;
    await ask("create table if not exists kept (note text)");
    await ask(`insert into kept values ('${note}')`);
    await end(it, () => kill(it, name));
    expect(it.output()).toContain(reason);
    const next = start();
    await next.url();
    expect(await ask(`select note from kept where note = '${note}'`)).toEqual([note]);
    expect(await end(next, () => process.kill(next.pid, "SIGHUP"))).toBe(0);
  });

  test("a second one in the same folder is told about the first, also while that gets ready", async () => {
    const it = start();
    await it.until(/Started the database/);
    const other = start();
    expect(await other.ended).toBe(1);
    expect(other.output().trim()).toBe(
      `Fourfold of this folder is already running on port ${port} (process ${it.pid}): stop that, or choose another port with PORT.`,
    );
    await it.url();
    expect(await end(it, () => process.kill(it.pid, "SIGTERM"))).toBe(0);
  });

  test("builds when the sources changed, and can be stopped while it does", async () => {
    await appendFile(join(folder.path, "app/layout.tsx"), "\n");
    const it = start();
    await it.until(/Building…/);
    const tree = it.tree();
    process.kill(it.pid, "SIGTERM");
    expect(await it.ended).toBe(0);
    expect(await stillAlive(tree, 1_000)).toEqual([]);
    expect(existsSync(join(folder.path, ".next/sources.sha256"))).toBe(false);
  });
});
