import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "@/e2e/support/server";
import { openEmbedded } from "@/lib/db/embedded";
import { copyProject, type Folder } from "./folder";
import { endAll, refusalOf } from "./launched";

const isRoot = process.geteuid?.() === 0;

let folder: Folder;
let mounted: string[] = [];

beforeAll(async () => {
  folder = await copyProject();
}, 60_000);
afterEach(async () => {
  await endAll();
  for (const path of mounted) spawnSync("umount", [path]);
  mounted = [];
});
afterAll(() => folder.remove());

async function mountDisk(path: string, options: string) {
  await mkdir(path, { recursive: true });
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]);
  if (status !== 0) throw new Error(`Nothing can be mounted here: ${stderr}`);
  mounted.push(path);
  return path;
}

const refusal = async () => refusalOf(folder.path, { env: { PORT: String(await freePort()) } });

const full = (path: string) => `The disk of ${path} is full: free at least 150 MB there and start again.`;

describe.runIf(isRoot)(
  "npm start on a full disk (tried by root, who may mount one)",
  { timeout: 60_000 },
  () => {
    test.each([
      ["too little space for a database", "size=100m"],
      ["no room for another file", "size=500m,nr_inodes=200"],
    ])("says so when there is %s", async (_, options) => {
      const data = await mountDisk(join(folder.path, ".data"), options);
      expect(await refusal()).toBe(full(data));
    });

    test("says so when a database is there already", async () => {
      const data = await mountDisk(join(folder.path, ".data"), "size=300m");
      await chmod(data, 0o711);
      await (await openEmbedded({ dataFolder: data })).close();
      await writeFile(join(data, "something-else"), Buffer.alloc(150 * 2 ** 20));
      expect(await refusal()).toBe(full(data));
    });

    test("says so when it cannot even write its own program", async () => {
      await mountDisk(join(folder.path, "node_modules/.cache"), "size=4k");
      expect(await refusal()).toBe(
        `The disk of ${folder.path} is full: free some space there and start again.`,
      );
    });
  },
);
