import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { query } from "@/e2e/support/database";
import { type EmbeddedServer, openEmbedded } from "@/lib/db/embedded";
import { isAlive } from "@/lib/db/embedded/postmaster";

let dataFolder: string;
const opened: EmbeddedServer[] = [];

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "fourfold-embedded-"));
  await chmod(dataFolder, 0o711);
});
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

async function open(settings: Record<string, string> = {}) {
  const server = await openEmbedded({ dataFolder, settings });
  opened.push(server);
  return server;
}

const one = async (server: EmbeddedServer, text: string) =>
  Object.values((await query<Record<string, string>>(server.url, text))[0] ?? {})[0];

describe("the database of a folder", { timeout: 30_000 }, () => {
  test("is one, however many ask for it at once, and ends with the last of them", async () => {
    const servers = await Promise.all([open(), open(), open()]);
    const pids = new Set(servers.map(({ pid }) => pid));
    expect(pids.size).toBe(1);
    const [first, second, third] = servers;
    await first?.close();
    await third?.close();
    expect(await one(second, "select 'still here'")).toBe("still here");
    await second?.close();
    expect([...pids].filter(isAlive)).toEqual([]);
  });

  test("sorts, spells and tells the time alike on every machine", async () => {
    const server = await open({ work_mem: "5MB" });
    const database = "from pg_database where datname = current_database()";
    expect(await one(server, `select datname ${database}`)).toBe("fourfold");
    expect(await one(server, `select pg_encoding_to_char(encoding) ${database}`)).toBe("UTF8");
    expect(await one(server, `select datlocprovider::text || datlocale ${database}`)).toBe("bC.UTF-8");
    expect(await one(server, "show timezone")).toBe("UTC");
    expect(await one(server, "show work_mem")).toBe("5MB");
  });

  test("lets nobody in without the password, and listens on this machine alone", async () => {
    const server = await open();
    const url = new URL(server.url);
    url.password = "guess";
    await expect(query(url.href, "select 1")).rejects.toThrow("password authentication failed");
    expect(await one(server, "show listen_addresses")).toBe("127.0.0.1");
    expect(await one(server, "show unix_socket_directories")).toBe("");
  });

  test("stays in use when one of its processes is killed and PostgreSQL comes back by itself", async () => {
    const server = await open();
    let reason = "";
    server.ended.then((text) => {
      reason = text;
    });
    const walWriter = "select pid::text from pg_stat_activity where backend_type = 'walwriter'";
    const before = await one(server, walWriter);
    process.kill(Number(before), "SIGKILL");
    let after = before;
    while (after === before) {
      await sleep(100);
      after = await one(server, walWriter).catch(() => before);
    }
    const inUse = "select count(*)::text from pg_locks where locktype = 'advisory' and granted";
    while ((await one(server, inUse)) !== "1") await sleep(100);
    expect(reason).toBe("");
    expect(isAlive(server.pid)).toBe(true);
  });

  test("is told to have ended, with its last words, when it is killed", async () => {
    const server = await open();
    process.kill(server.pid, "SIGKILL");
    expect(await server.ended).toMatch(/^The database ended by itself:\n(.*\n)*.*unexpected postmaster exit/);
  });
});
