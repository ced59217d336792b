import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { refresh } from "@/lib/auth/refresh";
import { signIn } from "@/lib/auth/sign-in";
import { undoChange } from "@/lib/changes/undo-change";
import type { Database } from "@/lib/db/client";
import { dump } from "@/lib/db/dump";
import type { Step } from "@/lib/db/dump/step";
import { migrate, status } from "@/lib/db/migrate";
import { restore } from "@/lib/db/restore";
import { syncChanges } from "@/lib/sync/sync";
import { createTask, findTask, restoreTask } from "@/lib/tasks/tasks";
import { createDatabase, query } from "../support/database";
import { runScript } from "../support/script";
import { ctxOf } from "../support/sync-client";
import { catalogOf } from "./catalog";
import { open, PASSWORD, printOf, settle } from "./dump-world";
import { contentsOf, differences, fill } from "./rows";
import { emptyDatabase } from "./scratch";

const quietly: { log: () => void; step: Step } = { log: () => {}, step: (_, work) => work() };

let folder: string;
let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;
let person: Awaited<ReturnType<typeof settle>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fourfold-dump-"));
  home = await createDatabase();
  database = open(home.url);
  person = await settle(database, "ada@example.org");
  await fill(home.url);
});
afterAll(async () => {
  await database.close();
  await home.drop();
  await rm(folder, { recursive: true });
});

const fileFor = (name: string) => join(folder, `${name}.dump.gz`);

async function dumped(name: string, url = home.url): Promise<string> {
  await dump(url, fileFor(name), quietly);
  return fileFor(name);
}

async function restored(file: string) {
  const url = await emptyDatabase();
  await restore(url, file, quietly);
  const opened = open(url);
  onTestFinished(() => opened.close());
  return { url, database: opened };
}

describe("a restored database", { timeout: 60_000 }, () => {
  test("has every row of every table, the same tables, and the same migrations", async () => {
    const { url } = await restored(await dumped("whole"));
    const print = await printOf(home.url);
    expect(print.filter((line) => / 0 /.test(line))).toEqual([]);
    expect(await printOf(url)).toEqual(print);
    expect(await catalogOf(url)).toEqual(await catalogOf(home.url));
    const names = async (url: string) => (await status(url)).applied.map(({ name }) => name);
    expect(await names(url)).toEqual(await names(home.url));
  });

  test("is what the service goes on with: sessions, numbers, undo and trash", async () => {
    const { database } = await restored(await dumped("working"));
    const { email, userId, refreshToken, openId, goneId, changeId } = person;
    const ctx = () => ctxOf(database, userId);
    await signIn(database, { email, password: PASSWORD });
    await refresh(database, { refreshToken });
    const signal = new AbortController().signal;
    const { page, etag } = await syncChanges(ctx(), { limit: 100, wait: 0 }, signal);
    const { id } = await createTask(ctx(), { title: "after" });
    const later = await syncChanges(ctx(), { token: page.nextToken, limit: 100, wait: 0 }, signal);
    expect(later.page.changes.map(({ seq, entityId }) => [`"${Number(seq) - 1}"`, entityId])).toEqual([
      [etag, id],
    ]);
    await undoChange(ctx(), changeId);
    expect((await findTask(ctx(), openId)).title).toBe("open");
    expect((await restoreTask(ctx(), goneId)).title).toBe("gone");
  });

  test("is brought up to date when the dump is of an older version", async () => {
    const old = await emptyDatabase();
    await migrate(old, { until: "0004_sign_in" });
    await fill(old);
    const before = await contentsOf(old);
    const { url } = await restored(await dumped("old", old));
    before.delete("throttles");
    expect(differences(before, await contentsOf(url))).toEqual([]);
    expect((await status(url)).pending).toEqual([]);
  });

  test("may have been migrated before, as long as it is empty", async () => {
    const target = await createDatabase();
    await restore(target.url, await dumped("prepared"), quietly);
    expect(await printOf(target.url)).toEqual(await printOf(home.url));
    await target.drop();
  });
});

describe("a dump", { timeout: 60_000 }, () => {
  test("is of one moment, whatever is written while it is made", async () => {
    const source = await createDatabase();
    const writer = open(source.url);
    const { userId } = await settle(writer, "busy@example.org");
    const print = await printOf(source.url);
    let writes = 0;
    const step: Step = async (_, work) => {
      await createTask(ctxOf(writer, userId), { title: "meanwhile" });
      writes += 1;
      return work();
    };
    await dump(source.url, fileFor("busy"), { ...quietly, step });
    expect(writes).toBe(print.length);
    expect(await printOf(source.url)).not.toEqual(print);
    const { url } = await restored(fileFor("busy"));
    expect(await printOf(url)).toEqual(print);
    await writer.close();
    await source.drop();
  });

  test("keeps migrations away while it is made", async () => {
    const free: unknown[] = [];
    const step: Step = async (_, work) => {
      const lock = "select pg_try_advisory_lock(hashtextextended('fourfold:migrate', 0)) as free";
      free.push(...(await query<{ free: boolean }>(home.url, lock)).map((row) => row.free));
      return work();
    };
    await dump(home.url, fileFor("alone"), { ...quietly, step });
    expect(new Set(free)).toEqual(new Set([false]));
  });

  test("is for its owner's eyes, and has its name once it is whole", async () => {
    const file = fileFor("private");
    await writeFile(`${file}.part`, "of an earlier try", { mode: 0o644 });
    const step: Step = async (_, work) => {
      expect((await readdir(folder)).filter((name) => name.startsWith("private"))).toEqual([
        "private.dump.gz.part",
      ]);
      return work();
    };
    await dump(home.url, file, { ...quietly, step });
    expect((await readdir(folder)).filter((name) => name.startsWith("private"))).toEqual(["private.dump.gz"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("that fails leaves nothing behind", async () => {
    const step: Step = async (doing, work) => {
      if (doing === "Dumping tasks")
        await query(
          home.url,
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fourfold-migrate'",
        );
      return work();
    };
    await expect(dump(home.url, fileFor("failed"), { ...quietly, step })).rejects.toThrow(
      "The connection to the database was lost: try again.",
    );
    expect((await readdir(folder)).filter((name) => name.startsWith("failed"))).toEqual([]);
  });

  test("takes no file's place, and says where it cannot write and what it cannot dump", async () => {
    const file = fileFor("first");
    await writeFile(file, "precious");
    await expect(dumped("first")).rejects.toThrow(
      `${file} is there already: choose another name, or remove it.`,
    );
    const lost = join(folder, "nowhere", "file");
    await expect(dump(home.url, lost, quietly)).rejects.toThrow(
      `${lost} is not there: there is no such file, or no such folder.`,
    );
    await expect(dumped("nothing", await emptyDatabase())).rejects.toThrow(
      "never migrated: there is nothing to dump",
    );
  });

  test.runIf(process.geteuid?.() === 0)(
    "says when the disk is full (tried by root, who may mount one)",
    async () => {
      const disk = await mkdtemp(join(tmpdir(), "fourfold-disk-"));
      expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", disk]).status).toBe(0);
      onTestFinished(async () => {
        spawnSync("umount", [disk]);
        await rm(disk, { recursive: true });
      });
      const file = join(disk, "whole");
      await expect(dump(home.url, file, quietly)).rejects.toThrow(`${file} does not fit: the disk is full.`);
      expect(await readdir(disk)).toEqual([]);
    },
  );

  test("misses nothing that is not a table: no sequence, view with rows, partition or large object is there", async () => {
    expect(
      await query(
        home.url,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'm', 'p', 'f')",
      ),
    ).toEqual([]);
    expect(await query(home.url, "select from pg_largeobject_metadata")).toEqual([]);
  });
});

describe("npm run db:dump and db:restore", { timeout: 60_000 }, () => {
  test("say what they do, from wherever they are called", async () => {
    const url = await emptyDatabase();
    const run = (command: string, DATABASE_URL: string, ...args: string[]) =>
      runScript("db", [command, ...args], { DATABASE_URL, INIT_CWD: folder });
    const written = await run("dump", home.url, "by-hand.gz");
    expect(written).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^ {2}users: 4 rows in \d+\.\d s\.$/m),
    });
    expect(written.output).toContain(`Everything is in ${join(folder, "by-hand.gz")}.`);
    const filled = await run("restore", url, "by-hand.gz");
    expect(filled).toMatchObject({
      code: 0,
      output: expect.stringMatching(/The database is as it was on 20/),
    });
    expect(await printOf(url)).toEqual(await printOf(home.url));
    expect(await run("restore", url, "by-hand.gz")).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /^The database is not empty \(there are rows in .*\busers\b.*\): restore into an empty one\.\n$/,
      ),
    });
    for (const args of [[], ["a", "b"]])
      expect(await run("dump", home.url, ...args)).toMatchObject({
        code: 1,
        output: expect.stringMatching(/^Usage:/),
      });
  });
});
