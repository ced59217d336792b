import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { query } from "@/e2e/support/database";
import { ask, createPeople, createTask, isUnavailable, keepWriting, lossesOf } from "@/e2e/support/load";
import { openMortalDatabase } from "@/e2e/support/mortal-database";
import { startServer } from "@/e2e/support/server";
import { isAlive } from "@/lib/db/embedded/postmaster";
import { build } from "@/scripts/launch/build";
import { serve } from "./serve";

const RECOVERY_MS = 5_000;

beforeAll(() => build(), 300_000);

describe("kill -9 while everybody writes", { timeout: 120_000 }, () => {
  test("of PostgreSQL: what was acknowledged is there, nothing twice, and service is back in 5 s without a restart", async () => {
    const database = await openMortalDatabase();
    onTestFinished(database.close);
    const server = await startServer({ databaseUrl: database.url, driver: "pg" });
    onTestFinished(server.stop);
    const writing = keepWriting(server.url, await createPeople(database.url, 8));
    onTestFinished(writing.stop);
    const { acknowledged, answers } = writing;
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(200);

    const failures = () => answers.filter(({ status }) => status !== 201);
    await database.kill();
    await expect.poll(failures, { timeout: 10_000 }).not.toEqual([]);
    await database.restart();
    const backAt = performance.now();
    const first = () => answers.find(({ status, beganAt }) => status === 201 && beganAt > backAt);
    await expect.poll(first, { timeout: 2 * RECOVERY_MS }).toBeDefined();
    expect((first()?.endedAt ?? 0) - backAt).toBeLessThan(RECOVERY_MS);
    await writing.stop();

    expect(failures().filter((answer) => !isUnavailable(answer))).toEqual([]);
    expect(await lossesOf(database.url, acknowledged)).toEqual({ missing: [], twice: [] });
    expect(isAlive(server.pid)).toBe(true);
  });

  test("of the server: what was acknowledged is there, and to repeat it all under the same keys writes nothing", async () => {
    const { url, databaseUrl, kill } = await serve();
    const writing = keepWriting(url, await createPeople(databaseUrl, 8));
    onTestFinished(writing.stop);
    const { acknowledged, answers } = writing;
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(100);

    await kill();
    const again = await startServer({ databaseUrl, driver: "pg", port: Number(new URL(url).port) });
    onTestFinished(again.stop);
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(before + 8);
    await writing.stop();

    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toEqual(new Set([201, 0]));
    expect(await lossesOf(databaseUrl, acknowledged)).toEqual({ missing: [], twice: [] });
    const count = () => query(databaseUrl, "select count(*)::int from tasks");
    const stored = await count();
    for (const { person, title, key } of acknowledged) {
      const { status, headers } = await ask(url, createTask(person, title, key));
      expect([status, headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    }
    expect(await count()).toEqual(stored);
  });
});
