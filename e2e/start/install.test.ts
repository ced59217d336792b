import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { copyProject, type Folder } from "./folder";
import { endAll, launch, stillAlive } from "./launched";

const INSTALLED = "node_modules/.package-lock.json";

let folder: Folder;

beforeAll(async () => {
  folder = await copyProject();
  const at = (name: string) => join(folder.path, name);
  await writeFile(at("scripts/hello.ts"), 'console.log("hello", process.argv.slice(2).join(" "));\n');
  await copyFile(at(INSTALLED), at("installed.json"));
  // In npm's place: it notes how it was called, and does what an installation does to what is looked at.
  await writeFile(
    at("npm-cli.js"),
    `import { copyFileSync, writeFileSync } from "node:fs";
     if (process.env.TAKE_LONG) await new Promise((resolve) => setTimeout(resolve, 60_000));
     if (process.env.FAIL) { console.error("the registry is away"); process.exit(1); }
     writeFileSync("npm-was-called-with", process.argv.slice(2).join(" "));
     copyFileSync("installed.json", ${JSON.stringify(INSTALLED)});\n`,
  );
}, 60_000);
afterEach(endAll);
afterAll(() => folder.remove());

const run = (env: Record<string, string>) =>
  launch(folder.path, {
    command: [process.execPath, "scripts/run.mjs", "scripts/hello.ts", "a", "b"],
    env: { npm_execpath: join(folder.path, "npm-cli.js"), ...env },
  });

async function hello(env: Record<string, string> = {}) {
  const it = run(env);
  const code = await it.ended;
  return { code, output: it.output() };
}

type Packages = Record<string, { version: string }>;

async function editInstalled(edit: (packages: Packages) => unknown) {
  const path = join(folder.path, INSTALLED);
  const lock = JSON.parse(await readFile(path, "utf8"));
  edit(lock.packages);
  await rm(path);
  await writeFile(path, JSON.stringify(lock));
}

const CALL = "ci --include=dev --include=optional --no-audit";

describe("the dependencies", { timeout: 30_000 }, () => {
  test("are left alone when they are those of the lockfile", async () => {
    const { code, output } = await hello();
    expect({ code, output }).toEqual({ code: 0, output: "hello a b\n" });
  });

  test.each([
    [
      "older than the lockfile",
      (packages: Packages) => Object.assign(packages["node_modules/zod"] ?? {}, { version: "4.0.0" }),
    ],
    ["missing", (packages: Packages) => delete packages["node_modules/zod"]],
    [
      "those of another system",
      (packages: Packages) => delete packages[`node_modules/@esbuild/${process.platform}-${process.arch}`],
    ],
  ])("are installed, development and optional ones included, when they are %s", async (_, edit) => {
    await editInstalled(edit);
    const { code, output } = await hello();
    expect(code).toBe(0);
    expect(output).toMatch(
      /^ {2}Installing the dependencies…\n {2}Installed the dependencies in \d+ s\.\nhello a b\n$/,
    );
    expect(await readFile(join(folder.path, "npm-was-called-with"), "utf8")).toBe(CALL);
    expect((await hello()).output).toBe("hello a b\n");
  });

  test("are asked for in vain: npm's reason is shown, and nothing is started", async () => {
    await editInstalled((packages) => delete packages["node_modules/zod"]);
    const { code, output } = await hello({ FAIL: "1" });
    expect(code).toBe(1);
    expect(output).toContain(
      "the registry is away\nThe dependencies could not be installed: npm's reason is above.\n",
    );
    expect(output).not.toContain("hello");
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGKILL", null],
  ] as const)("are given up with %s, and npm with them", async (signal, code) => {
    await editInstalled((packages) => delete packages["node_modules/zod"]);
    const it = run({ TAKE_LONG: "1" });
    while (it.tree().length < 3) await sleep(20);
    const tree = it.tree();
    process.kill(it.pid, signal);
    expect(await it.ended).toBe(code);
    expect(await stillAlive(tree, 5_000)).toEqual([]);
  });
});
