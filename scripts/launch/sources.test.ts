import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fingerprint } from "./sources";

let root: string;
let before: string;

const write = async (path: string, text: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fourfold-sources-"));
  await write("app/page.tsx", "page");
  await write("package-lock.json", "{}");
  before = await fingerprint(root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describe("the fingerprint of the sources", () => {
  test("stays the same when nothing changed", async () => {
    await write("app/page.tsx", "page");
    expect(await fingerprint(root)).toBe(before);
  });

  test.each([
    ["an edited page", "app/page.tsx"],
    ["a new file in a new folder", "content/about.md"],
    ["a file in public/", "public/logo.png"],
    ["the lockfile", "package-lock.json"],
    ["a new root module", "proxy.ts"],
  ])("changes with %s", async (_, path) => {
    await write(path, "edited");
    expect(await fingerprint(root)).not.toBe(before);
  });

  test("changes when a file is only renamed", async () => {
    await rm(join(root, "app/page.tsx"));
    await write("app/layout.tsx", "page");
    expect(await fingerprint(root)).not.toBe(before);
  });

  test("changes with a variable that the build freezes", async () => {
    vi.stubEnv("NEXT_PUBLIC_NAME", "Fourfold");
    expect(await fingerprint(root)).not.toBe(before);
  });

  test.each([
    "app/page.test.tsx",
    "e2e/api/tasks.spec.ts",
    "scripts/start.ts",
    "docs/api.md",
    "dist/server.mjs",
    "README.md",
    "next-env.d.ts",
    "node_modules/zod/index.js",
    ".next/BUILD_ID",
    ".data/auth-secret",
    ".env",
  ])("does not change with %s, which the build does not see", async (path) => {
    await write(path, "edited");
    expect(await fingerprint(root)).toBe(before);
  });
});
