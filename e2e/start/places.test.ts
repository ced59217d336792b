import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
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

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe("npm start", { timeout: 60_000 }, () => {
  test("with DATABASE_URL in .env it uses that and starts no database", async () => {
    folder = await copyProject();
    const database = await createDatabase({ template: "template0" });
    const port = await freePort();
    await writeFile(join(folder.path, ".env"), `DATABASE_URL=${database.url}\nPORT=${port}\n`);
    const it = launch(folder.path);
    expect(await it.url()).toBe(`http://localhost:${port}`);
    expect(
      it
        .tree()
        .map(({ command }) => command)
        .join("\n"),
    ).not.toContain("postgres");
    expect(existsSync(join(folder.path, ".data/postgres"))).toBe(false);
    expect(await modeOf(join(folder.path, ".data/auth-secret"))).toBe("600");
    await stop(it);
    await database.drop();
  });
});
