import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createLink, dropLinks, useLink } from "@/lib/auth/links";
import { type PublicCtx, transaction } from "@/lib/context";
import { connect, type Database } from "@/lib/db/client";
import { LINK_PURPOSES, type LinkPurpose } from "@/lib/db/schema";
import { createPerson } from "../factories";
import { createDatabase, query } from "../support/database";
import { linkIn, type Mailbox, openMailbox } from "../support/mailbox";

let home: Awaited<ReturnType<typeof createDatabase>>;
let database: Database;
let ctx: PublicCtx;

beforeAll(async () => {
  home = await createDatabase();
  database = connect({
    url: home.url,
    poolMax: 21,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 5_000,
  });
  ctx = { db: database.db };
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

const REFUSAL = {
  code: "invalid",
  extras: { errors: [{ path: "token", code: "invalid_token", message: expect.stringContaining("new one") }] },
};

async function createOne(purpose: LinkPurpose) {
  const { id: userId, email } = await createPerson(home.url);
  return { userId, email, secret: await createLink(ctx, { purpose, userId, email }) };
}

const WAITING =
  "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

const linksOf = (userId: string) =>
  query<{ purpose: string }>(home.url, "select purpose from mail_links where user_id = $1 order by 1", [
    userId,
  ]);

describe.each(LINK_PURPOSES)("T-45: a link to %s", (purpose) => {
  test("works once", async () => {
    const { userId, email, secret } = await createOne(purpose);
    expect(await useLink(ctx, { purpose, secret })).toEqual({ userId, email });
    await expect(useLink(ctx, { purpose, secret })).rejects.toMatchObject(REFUSAL);
  });

  test("works for one of 20 that use it at the same time, each on a connection of its own", async () => {
    const { userId, email, secret } = await createOne(purpose);
    const holder = await database.begin();
    await holder.db.execute(sql`select from mail_links where user_id = ${userId} for update`);
    const held = await Promise.all(Array.from({ length: 20 }, () => database.begin()));
    const using = Promise.allSettled(
      held.map(({ db }) => useLink({ db }, { purpose, secret }).finally(() => db.execute(sql`commit`))),
    );
    await vi.waitFor(async () => expect(await query(home.url, WAITING)).toHaveLength(20), 4_000);
    await holder.db.execute(sql`commit`);
    const uses = await using;
    for (const connection of [holder, ...held]) connection.release();
    const winners = uses.filter((use) => use.status === "fulfilled");
    const losers = uses.filter((use) => use.status === "rejected");
    expect(winners.map((use) => use.value)).toEqual([{ userId, email }]);
    expect(losers).toHaveLength(19);
    for (const { reason } of losers) expect(reason).toMatchObject(REFUSAL);
  });

  test("is there again when the transaction that used it is undone", async () => {
    const { userId, email, secret } = await createOne(purpose);
    const undone = transaction(ctx, async (ctx) => {
      await useLink(ctx, { purpose, secret });
      throw new Error("The password was refused.");
    });
    await expect(undone).rejects.toThrow("refused");
    expect(await useLink(ctx, { purpose, secret })).toEqual({ userId, email });
  });

  test("is refused once it has expired, in the same words", async () => {
    const { userId, secret } = await createOne(purpose);
    const [used] = await refusalsOf(purpose, ["x".repeat(43)]);
    await query(home.url, "update mail_links set expires_at = now() where user_id = $1", [userId]);
    expect(await refusalsOf(purpose, [secret, "", "\0"])).toEqual([used, used, used]);
  });

  test("lives as long as it says, by the clock of the database", async () => {
    const { userId } = await createOne(purpose);
    const [row] = await query<{ seconds: number }>(
      home.url,
      "select extract(epoch from expires_at - created_at)::int as seconds from mail_links where user_id = $1",
      [userId],
    );
    expect(row?.seconds).toBe({ verify_email: 86_400, reset_password: 1_800 }[purpose]);
  });

  test("takes the place of the user's earlier one, and of nobody else's", async () => {
    const { userId, email, secret } = await createOne(purpose);
    const other = await createOne(purpose);
    const later = await createLink(ctx, { purpose, userId, email });
    await expect(useLink(ctx, { purpose, secret })).rejects.toMatchObject(REFUSAL);
    expect(await useLink(ctx, { purpose, secret: later })).toEqual({ userId, email });
    expect(await useLink(ctx, { purpose, secret: other.secret })).toMatchObject({ userId: other.userId });
  });

  test("serves no other purpose, and is not used up by the attempt", async () => {
    const { userId, email, secret } = await createOne(purpose);
    const other = purpose === "verify_email" ? "reset_password" : "verify_email";
    await expect(useLink(ctx, { purpose: other, secret })).rejects.toMatchObject(REFUSAL);
    expect(await useLink(ctx, { purpose, secret })).toEqual({ userId, email });
  });

  test("leaves its secret in no table", async () => {
    const { secret } = await createOne(purpose);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const tables = await query<{ name: string }>(
      home.url,
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    );
    expect(tables.map(({ name }) => name)).toContain("mail_links");
    for (const { name } of tables)
      expect(
        await query(home.url, `select from "${name}" t where t::text like '%' || $1 || '%'`, [secret]),
      ).toEqual([]);
  });
});

async function refusalsOf(purpose: LinkPurpose, secrets: string[]): Promise<string[]> {
  const uses = await Promise.allSettled(secrets.map((secret) => useLink(ctx, { purpose, secret })));
  return uses.map((use) =>
    JSON.stringify(use.status === "rejected" ? [use.reason, use.reason.message] : use),
  );
}

test("T-45: a reset link is worth nothing once the user has another address", async () => {
  const { userId, secret } = await createOne("reset_password");
  await query(home.url, "update users set email = 'new-' || email where id = $1", [userId]);
  await expect(useLink(ctx, { purpose: "reset_password", secret })).rejects.toMatchObject(REFUSAL);
});

test("a reset link stays good when only the case of the address changes", async () => {
  const { userId, secret } = await createOne("reset_password");
  await query(home.url, "update users set email = upper(email) where id = $1", [userId]);
  expect(await useLink(ctx, { purpose: "reset_password", secret })).toMatchObject({ userId });
});

test("a verification link proves the address it was sent to, which need not be the user's yet", async () => {
  const { id: userId } = await createPerson(home.url);
  const email = `coming-${userId}@example.org`;
  const secret = await createLink(ctx, { purpose: "verify_email", userId, email });
  expect(await useLink(ctx, { purpose: "verify_email", secret })).toEqual({ userId, email });
});

test("links are dropped by purpose, or all of them", async () => {
  const { userId, email } = await createOne("verify_email");
  const bystander = await createOne("verify_email");
  await createLink(ctx, { purpose: "reset_password", userId, email });
  await dropLinks(ctx, { userId, purpose: "reset_password" });
  expect(await linksOf(userId)).toEqual([{ purpose: "verify_email" }]);
  await createLink(ctx, { purpose: "reset_password", userId, email });
  await dropLinks(ctx, { userId });
  expect(await linksOf(userId)).toEqual([]);
  expect(await linksOf(bystander.userId)).toHaveLength(1);
});

describe("what is mailed", () => {
  let mailbox: Mailbox;
  let notices: typeof import("@/lib/auth/notices");
  let public_: PublicCtx;
  let mailing: Database;
  const lines: unknown[] = [];

  beforeAll(async () => {
    mailbox = await openMailbox();
    vi.stubEnv("SMTP_URL", mailbox.url);
    vi.resetModules();
    notices = await import("@/lib/auth/notices");
    const { log } = await import("@/lib/log");
    for (const level of ["info", "warn", "error"] as const)
      vi.spyOn(log, level).mockImplementation((...line: unknown[]) => void lines.push(line));
    const client = await import("@/lib/db/client");
    mailing = client.connect({
      url: home.url,
      poolMax: 2,
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 5_000,
    });
    public_ = { db: mailing.db };
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await mailing.close();
    await mailbox.close();
  });

  const secretIn = (mail: Parameters<typeof linkIn>[0]) =>
    new URL(linkIn(mail)).searchParams.get("token") ?? "";

  test("a verification goes to the address that is to be verified, with a link that works", async () => {
    const { id: userId } = await createPerson(home.url);
    const email = `coming-${userId}@example.org`;
    notices.sendVerification(public_, { userId, email });
    const secret = secretIn(await mailbox.mailTo(email));
    expect(await useLink(ctx, { purpose: "verify_email", secret })).toEqual({ userId, email });
  });

  test("a reset goes to the user's own spelling of the address, with a link that works, and is an event", async () => {
    const { id: userId, email } = await createPerson(home.url);
    notices.sendReset(public_, { email: email.toUpperCase() });
    const secret = secretIn(await mailbox.mailTo(email));
    expect(await useLink(ctx, { purpose: "reset_password", secret })).toEqual({ userId, email });
    expect(await query(home.url, "select kind from security_events where user_id = $1", [userId])).toEqual([
      { kind: "password_reset_requested" },
    ]);
  });

  test("a reset for a stranger or a closed account is nothing at all", async () => {
    const closed = await createPerson(home.url);
    const open = await createPerson(home.url);
    await query(home.url, "update users set is_active = false where id = $1", [closed.id]);
    const before = mailbox.messages().length;
    notices.sendReset(public_, { email: "stranger@example.org" });
    notices.sendReset(public_, { email: closed.email });
    notices.sendReset(public_, { email: open.email });
    await mailbox.mailTo(open.email);
    await mailing.db.execute("select pg_sleep(0.2)");
    expect(mailbox.messages()).toHaveLength(before + 1);
    expect(await linksOf(closed.id)).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("notices go to who has to know", async () => {
    notices.noticePasswordChanged({ email: "ada@example.org" });
    notices.noticeEmailChanged({ oldEmail: "old@example.org", newEmail: "new@example.org" });
    notices.noticeReuse({ email: "grace@example.org" });
    expect((await mailbox.mailTo("ada@example.org")).subject).toBe("Your password was changed");
    expect((await mailbox.mailTo("old@example.org")).text).toContain("new@example.org");
    expect((await mailbox.mailTo("grace@example.org")).subject).toBe("A sign-in of yours was ended");
    expect(mailbox.messages().filter(({ to }) => to.includes("new@example.org"))).toEqual([]);
  });

  test("a link is not mailed from inside a transaction: it could be undone", async () => {
    const { id: userId, email } = await createPerson(home.url);
    const inside = transaction(ctx, async (ctx) => notices.sendVerification(ctx, { userId, email }));
    await expect(inside).rejects.toThrow("after the transaction");
    const reset = transaction(ctx, async (ctx) => notices.sendReset(ctx, { email }));
    await expect(reset).rejects.toThrow("after the transaction");
  });

  test("a mail server that refuses or hangs: the caller never knows, and the log has no address", async () => {
    const { email } = await createPerson(home.url);
    mailbox.turn("refuses");
    notices.sendReset(public_, { email });
    await vi.waitFor(() => expect(lines).toHaveLength(1), 5_000);
    mailbox.turn("hangs");
    const startedAt = performance.now();
    notices.sendReset(public_, { email });
    expect(performance.now() - startedAt).toBeLessThan(50);
    await vi.waitFor(() => expect(lines).toHaveLength(2), 12_000);
    mailbox.turn("takes");
    expect(JSON.stringify(lines)).toMatch(/answered 550.*could not be used/);
    expect(JSON.stringify(lines)).not.toContain(email);
  });

  test("a database that is gone is logged", async () => {
    lines.length = 0;
    const { db, ...gone } = connect({
      url: "postgresql://u:p@127.0.0.1:1/x",
      poolMax: 1,
      connectTimeoutMs: 200,
      statementTimeoutMs: 200,
    });
    notices.sendReset({ db }, { email: "ada@example.org" });
    await vi.waitFor(() => expect(lines).toHaveLength(1), 5_000);
    expect(JSON.stringify(lines)).not.toContain("ada@");
    await gone.close();
  });
});
