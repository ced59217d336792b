import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLink } from "@/lib/auth/links";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { connect, type Database } from "@/lib/db/client";
import { LINK_PURPOSES } from "@/lib/db/schema";
import { createDatabase, query } from "../support/database";
import { runScript } from "../support/script";

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;

beforeAll(async () => {
  home = await createDatabase();
  database = connect({ url: home.url, poolMax: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

const run = (script: string, ...args: string[]) =>
  runScript(script, args, { DATABASE_URL: home.url, AUTH_SECRET: randomBytes(32).toString("hex") });

const passwordIn = (output: string) => /: (\S+)\s*$/.exec(output)?.[1] ?? "";
const enter = (email: string, password: string) =>
  signInWithPassword({ db: database.db }, { email, password }).then(
    () => "in",
    (error) => error.code,
  );

async function idOf(email: string): Promise<string> {
  const [user] = await query<{ id: string }>(home.url, "select id from users where email = $1", [email]);
  return user?.id ?? "none";
}

describe("npm run user", { timeout: 60_000 }, () => {
  test("makes an account, resets it, and shuts and opens it again", async () => {
    const email = "operator-made@example.org";
    const made = await run("user", "create", "Operator-Made@example.org");
    expect(made.code).toBe(0);
    const first = passwordIn(made.output);
    expect(await enter(email, first)).toBe("in");
    expect(await run("user", "create", email)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/already/),
    });
    for (const purpose of LINK_PURPOSES)
      await createLink(database, { purpose, userId: await idOf(email), email });
    const second = passwordIn((await run("user", "reset", email)).output);
    expect([await enter(email, first), await enter(email, second)]).toEqual(["unauthenticated", "in"]);
    expect(await query(home.url, "select from mail_links")).toEqual([]);
    await query(
      home.url,
      `insert into sessions (id, user_id, kind, method, device, idle_expires_at, absolute_expires_at)
       select gen_random_uuid(), id, 'api', 'password', 'x', now() + interval '1 h', now() + interval '1 h' from users`,
    );
    expect((await run("user", "disable", email)).code).toBe(0);
    expect(await enter(email, second)).toBe("unauthenticated");
    expect(await query(home.url, "select revoke_reason from sessions")).toEqual([
      { revoke_reason: "user_disabled" },
    ]);
    expect((await run("user", "enable", email)).code).toBe(0);
    expect(await enter(email, second)).toBe("in");
  });

  test("says how it is used, and whom it does not know", async () => {
    for (const args of [
      [],
      ["create"],
      ["drop", "a@example.org"],
      ["toString", "a@example.org"],
      ["reset", "a@b", "c"],
    ])
      expect(await run("user", ...args)).toMatchObject({ code: 1, output: expect.stringMatching(/^Usage:/) });
    expect(await run("user", "create", "nobody")).toMatchObject({
      code: 1,
      output: "nobody is no e-mail address.\n",
    });
    expect(await run("user", "reset", "stranger@example.org")).toMatchObject({
      code: 1,
      output: expect.stringMatching(/no account/),
    });
  });
});

test("npm run jobs says what it has removed", async () => {
  await query(
    home.url,
    "insert into throttles (key, attempts, started_at, last_at, ends_at) values ('old', 1, now(), now(), now() - interval '1 s')",
  );
  const { code, output } = await run("jobs");
  expect(code).toBe(0);
  expect(output).toMatch(/^throttles +1 removed$/m);
  expect(output).toMatch(/^trash +0 removed$/m);
}, 30_000);
