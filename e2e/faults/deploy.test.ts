import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { copyOfMigrations } from "@/e2e/db/scratch";
import type { Person } from "@/e2e/factories";
import { openBalancer } from "@/e2e/support/balancer";
import { createDatabase, query } from "@/e2e/support/database";
import {
  type Answer,
  ask,
  createPeople,
  createTask,
  keepWriting,
  lossesOf,
  repeat,
} from "@/e2e/support/load";
import { startServer } from "@/e2e/support/server";
import { build } from "@/scripts/launch/build";

beforeAll(() => build(), 300_000);

const PAUSE_MS = 50;

const COLUMN = `ALTER TABLE "tasks" ADD COLUMN "label" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_label_check" CHECK (label <> '') NOT VALID;`;
const INDEX = `-- no transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS "tasks_label_idx" ON "tasks" USING btree ("space_id","label");`;

/** What the next version brings along: ours, a column and an index. */
async function nextMigrations(): Promise<string> {
  const folder = await copyOfMigrations();
  const file = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(file, "utf8"));
  for (const [tag, text] of Object.entries({ "9998_label": COLUMN, "9999_label_index": INDEX })) {
    await writeFile(join(folder, `${tag}.sql`), text);
    journal.entries.push({ ...journal.entries.at(-1), tag });
  }
  await writeFile(file, JSON.stringify(journal));
  return folder;
}

/** Changes a task of this person again and again, and reads it, and the list. */
async function worker(url: string, person: Person, answers: Answer[]) {
  const { text } = await ask(url, createTask(person, "Milk"));
  const path = `/api/v1/tasks/${JSON.parse(text).data.id}`;
  const { token } = person;
  let changes = 0;
  return async () => {
    changes += 1;
    answers.push(
      await ask(url, { path, token, method: "PATCH", body: { title: `${person.id} ${changes}` } }),
      await ask(url, { path, token }),
      await ask(url, { token }),
    );
    await sleep(PAUSE_MS);
  };
}

test("two instances are replaced by a version that changes the tables, one after the other, and no request fails", {
  timeout: 120_000,
}, async () => {
  const database = await createDatabase();
  onTestFinished(async () => void (await database.drop()));
  const begin = async (options: { port?: number; migrations?: string } = {}) => {
    const environment = { DRAIN_SECONDS: "1" };
    const server = await startServer({ databaseUrl: database.url, driver: "pg", environment, ...options });
    onTestFinished(server.stop);
    return server;
  };
  const instances = await Promise.all([begin(), begin()]);
  const balancer = await openBalancer(instances.map(({ url }) => url));
  onTestFinished(balancer.close);
  const bothAreReady = () => expect.poll(balancer.ready, { timeout: 10_000 }).toHaveLength(2);
  await bothAreReady();

  const people = await createPeople(database.url, 4);
  const answers: Answer[] = [];
  const works = await Promise.all(people.map((person) => worker(balancer.url, person, answers)));
  const writing = keepWriting(balancer.url, people, PAUSE_MS);
  onTestFinished(writing.stop);
  const stop = repeat(works);
  onTestFinished(stop);
  const migrations = await nextMigrations();
  for (const instance of instances) {
    await instance.stop();
    expect(balancer.ready()).not.toContain(instance.url);
    await begin({ port: Number(new URL(instance.url).port), migrations });
    await bothAreReady();
  }
  await Promise.all([stop(), writing.stop()]);

  const failed = [...answers, ...writing.answers].filter(({ status }) => status !== 200 && status !== 201);
  expect(failed.map(({ status }) => status)).toEqual([]);
  expect(Math.min(answers.length, writing.acknowledged.length)).toBeGreaterThan(100);
  expect(await lossesOf(database.url, writing.acknowledged)).toEqual({ missing: [], twice: [] });
  expect(await query(database.url, "select from tasks where label = 'none'")).not.toEqual([]);
});
