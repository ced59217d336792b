import { expect, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { query } from "../support/database";
import { runScript } from "../support/script";
import { emptyDatabase } from "./scratch";

const db = (databaseUrl: string, ...args: string[]) => runScript("db", args, { DATABASE_URL: databaseUrl });

test("db:migrate, db:status and db:rollback work without any secret of the service", async () => {
  const url = await emptyDatabase();
  expect(await db(url, "status")).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^0000_\w+ +pending$/m),
  });
  expect(await db(url, "migrate")).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Applied 0000_/),
  });
  expect(await db(url, "status")).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^0000_\w+ +\d{4}-\d\d-\d\dT[\d:.]+Z {2}\d+\.\d+\.\d+$/m),
  });
  expect(await query(url, "show lock_timeout")).toEqual([{ lock_timeout: "2s" }]);
  expect(await db(url, "rollback")).toMatchObject({ code: 1, output: expect.stringMatching(/add --yes/) });
  expect(await db(url, "rollback", "--yes")).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Undid /),
  });
}, 60_000);

test("db:status ends with 1 and says what is wrong", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await query(url, "update migrations.applied set sha256 = 'other' where id = 0");
  const { code, output } = await db(url, "status");
  expect(code).toBe(1);
  expect(output).toMatch(/drizzle\/0000_\w+\.sql was edited/);
});

test("a command that is not understood ends with 1, before anything is done", async () => {
  const nowhere = "postgresql://u:hush@127.0.0.1:1/none";
  for (const args of [["sideways"], ["rollback", "1", "--to", "0000_x"]])
    expect(await db(nowhere, ...args)).toMatchObject({ code: 1, output: expect.stringMatching(/^Usage:/) });
  expect(await db(nowhere, "status")).toEqual({
    code: 1,
    output: "The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1.\n",
  });
}, 60_000);
