import { randomBytes } from "node:crypto";
import { apiOf, expect } from "../../fixtures";
import { patiently, refreshWith, secretIn, test as withAccounts } from "../../support/accounts";
import { createDatabase, query } from "../../support/database";
import { type Mailbox, openMailbox } from "../../support/mailbox";
import { type Server, startServer } from "../../support/server";

type Quiet = { server: Server; mailbox: Mailbox };

const test = withAccounts.extend<{ quiet: Quiet }>({
  quiet: [
    async ({ driver }, use) => {
      const database = await createDatabase();
      const mailbox = await openMailbox();
      const environment = { SMTP_URL: mailbox.url, DATABASE_POOL_MAX: "4" };
      const server = await startServer({ databaseUrl: database.url, driver, environment });
      await use({ server, mailbox });
      await server.stop();
      await mailbox.close();
      await database.drop();
    },
    { timeout: 60_000 },
  ],
});

/** Every value of every column that holds text, with the name of its column. */
async function textsIn(databaseUrl: string): Promise<string[]> {
  const columns = await query<{ table: string; column: string }>(
    databaseUrl,
    `select c.table_name as table, c.column_name as column from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where table_schema = 'public' and t.table_type = 'BASE TABLE'
       and c.data_type in ('text', 'jsonb', 'json', 'character varying', 'bytea', 'ARRAY')`,
  );
  const values = columns.map(async ({ table, column }) => {
    const rows = await query<{ value: string }>(
      databaseUrl,
      `select "${column}"::text as value from "${table}" where "${column}" is not null`,
    );
    return rows.map(({ value }) => `${table}.${column}: ${value}`);
  });
  return (await Promise.all(values)).flat();
}

/** What somebody holds in the hand, or types, or is sent, in a life of an account. */
async function live({ server, mailbox }: Quiet) {
  const open = apiOf(server);
  const sentinel = () => `sentinel-${randomBytes(9).toString("hex")}`;
  const passwords = Array.from({ length: 4 }, () => `${sentinel()} of mine`) as [
    string,
    string,
    string,
    string,
  ];
  const [first, second, third, wrong] = passwords;
  const emails = [`${sentinel()}@example.org`, `${sentinel()}@example.org`] as [string, string];
  const [email, other] = emails;
  const tokens: string[] = [];
  const links: string[] = [];
  const post = async (path: string, body: object, token?: string) => {
    const api = token ? apiOf(server, { token }) : open;
    const answer = await patiently(() => api("POST", `/api/v1/auth/${path}`, { body }));
    const { access_token, refresh_token, token: legacy } = answer.body.data ?? {};
    tokens.push(...[access_token, refresh_token, legacy ?? ""].filter(Boolean));
    return answer;
  };
  const mailed = async (to: string, subject: string) => {
    const secret = secretIn(await mailbox.mailTo(to, { subject }));
    links.push(secret);
    return secret;
  };
  await post("signup", { email, password: first, name: "Ada" });
  await post("email/verify", { token: await mailed(email, "Confirm your e-mail address") });
  await post("signin", { email, password: wrong });
  await post("signin", { email: other, password: wrong });
  const { data } = (await post("signin", { email, password: first })).body;
  await post("refresh", { refresh_token: data.refresh_token });
  await post("refresh", { refresh_token: `${data.refresh_token.slice(0, -2)}AA` });
  await query(server.databaseUrl, "update sessions set rotated_at = rotated_at - interval '31 s'");
  await refreshWith(open, data.refresh_token);
  const { access_token } = (await post("signin", { email, password: first })).body.data;
  await post("password", { current_password: first, new_password: second }, access_token);
  await post("password/forgot", { email });
  const secret = await mailed(email, "Choose a new password");
  await post("password/reset", { token: secret, password: third });
  await post("password/reset", { token: secret, password: wrong });
  const last = (await post("signin", { email, password: third })).body.data;
  await post("email", { email: other, password: third }, last.access_token);
  await mailed(other, "Confirm your e-mail address");
  return { passwords, emails, tokens, links, last };
}

/** What goes wrong, and is logged. */
async function fail({ server, mailbox }: Quiet, { email, token }: { email: string; token: string }) {
  const open = apiOf(server);
  mailbox.turn("refuses");
  await open("POST", "/api/v1/auth/password/forgot", { body: { email } });
  await expect.poll(() => server.log()).toContain("Work in the background failed.");
  await query(server.databaseUrl, "alter table passwords rename to hidden");
  const signIn = { email, password: "sentinel of a failure" };
  expect((await open("POST", "/api/v1/auth/signin", { body: signIn })).status).toBe(500);
  const headers = { "user-agent": `${token}\t{"level":"error"}`, cookie: `authjs.session-token=${token}` };
  await open("GET", `/api/v1/auth/me?token=${token}&email=${email}`, { headers });
  await open("POST", "/api/v1/auth/signin", { body: `{"email": "${email}", ` });
  await query(server.databaseUrl, "alter table hidden rename to passwords");
}

test("T-47 no log, table or mail holds a password, a token or the secret of another mail, and no log an address", async ({
  quiet,
}) => {
  test.setTimeout(60_000);
  const { passwords, emails, tokens, links, last } = await live(quiet);
  const [, newest] = emails;
  await fail(quiet, { email: emails[0], token: last.access_token });
  expect(tokens.length).toBeGreaterThan(10);
  expect(links).toHaveLength(3);

  const log = quiet.server.log();
  expect(log.split("\n").length).toBeGreaterThan(15);
  const signatures = tokens.map((token) => token.split(".").at(-1) ?? token);
  const secrets = [...passwords, ...tokens, ...signatures, ...links, "sentinel of a failure"];
  for (const secret of [...secrets, ...emails]) expect(log).not.toContain(secret);
  expect(log).not.toMatch(/sentinel|ff_rt_|eyJ|@example|\$argon2|authjs\.session/);

  const texts = await textsIn(quiet.server.databaseUrl);
  expect(texts.join("\n")).toContain("passwords.hash: $argon2id$");
  for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  const places = texts.filter((text) => /sentinel/.test(text)).map((text) => text.split(": ")[0]);
  expect([...new Set(places)].sort()).toEqual(["mail_links.email", "users.email"]);

  const mails = quiet.mailbox.messages().map((mail) => JSON.stringify(mail));
  expect(mails.join()).toContain(newest);
  for (const secret of [...passwords, ...tokens, ...signatures])
    expect(mails.filter((mail) => mail.includes(secret))).toEqual([]);
  for (const secret of links) expect(mails.filter((mail) => mail.includes(secret))).toHaveLength(1);
});
