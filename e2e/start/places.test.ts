import { existsSync } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase } from "@/e2e/support/database";
import { freePort } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";
import { copyProject, elsewhere, type Folder } from "./folder";
import { DEV, endAll, type Launched, launch, stillAlive } from "./launched";

const NOBODY = 65534;
const isRoot = process.geteuid?.() === 0;

let folder: Folder | undefined;

beforeAll(() => build(), 300_000);
afterEach(async () => {
  await endAll();
  await folder?.remove();
});

async function stop(it: Launched) {
  const tree = it.tree();
  process.kill(it.pid, "SIGTERM");
  expect(await it.ended).toBe(0);
  expect(await stillAlive(tree, 1_000)).toEqual([]);
}

const modeOf = async ({ path }: Folder, file: string) =>
  ((await stat(join(path, file))).mode & 0o777).toString(8);

describe("npm start", { timeout: 60_000 }, () => {
  test("with DATABASE_URL in .env it uses that, and starts no database of its own", async () => {
    folder = await copyProject();
    const database = await createDatabase({ template: "template0" });
    const port = await freePort();
    await writeFile(join(folder.path, ".env"), `DATABASE_URL=${database.url}\nPORT=${port}\n`);
    const it = launch(folder.path);
    expect(await it.url()).toBe(`http://localhost:${port}`);
    expect(it.output()).toContain("Applied 0000_");
    expect(existsSync(join(folder.path, ".data/postgres"))).toBe(false);
    expect(it.tree().filter(({ command }) => command.includes("postgres"))).toEqual([]);
    expect(await modeOf(folder, ".data/auth-secret")).toBe("600");
    await stop(it);
    await database.drop();
  });

  test.runIf(isRoot)("works as a normal user (tried by root)", async () => {
    folder = await copyProject({ owner: NOBODY });
    const it = launch(folder.path, {
      user: NOBODY,
      env: { PORT: String(await freePort()), HOME: folder.path },
    });
    expect((await fetch(`${await it.url()}/health`)).status).toBe(200);
    expect(it.output()).not.toContain("root");
    expect(await modeOf(folder, ".data")).toBe("700");
    expect(await modeOf(folder, ".data/database-password")).toBe("600");
    await stop(it);
  });

  test.runIf(isRoot)("works for root in a folder that only root may enter (tried by root)", async () => {
    folder = await copyProject({ mode: 0o700 });
    const environment = { PORT: String(await freePort()) };
    const it = launch(folder.path, { env: environment });
    expect((await fetch(`${await it.url()}/health`)).status).toBe(200);
    expect(it.output()).toContain(`PostgreSQL refuses to run as root: it runs as `);
    expect(it.output()).toContain(`with its data in ${elsewhere(folder.path)}.`);
    expect(existsSync(join(folder.path, ".data/postgres"))).toBe(false);
    await stop(it);
    const next = launch(folder.path, { env: environment });
    await next.url();
    expect(next.output()).not.toContain("Applied");
    await stop(next);
  });
});

describe("npm run dev", { timeout: 60_000 }, () => {
  test("serves what is being written, and ends as a whole", async () => {
    folder = await copyProject();
    const page = join(folder.path, "app/draft");
    const write = (text: string) =>
      writeFile(join(page, "route.ts"), `export const GET = () => new Response("${text}");\n`);
    await mkdir(page);
    await write("first");
    const it = launch(folder.path, { command: DEV, env: { PORT: String(await freePort()) } });
    const url = `${await it.url()}/draft`;
    expect(await text(url)).toBe("first");
    await write("second");
    while ((await text(url)) !== "second") await sleep(100);
    await stop(it);
  });
});

const text = async (url: string) => (await fetch(url)).text();
