import { verifyAccessToken } from "@/lib/auth/tokens";
import { anAddress, apiOf, expect } from "../../fixtures";
import { ENTERED, TIMESTAMP, UUID } from "../../support/account-shapes";
import {
  anEmail,
  insertMember,
  OTHER_PASSWORD,
  PASSWORD,
  patiently,
  secretIn,
  test as withAccounts,
} from "../../support/accounts";
import { createDatabase, query } from "../../support/database";
import { columnsOf } from "../../support/rows";
import { type Server, startServer } from "../../support/server";

const PATH = "/api/v1/auth/signup";

const test = withAccounts.extend<{ closed: Server }>({
  closed: [
    async ({ driver }, use) => {
      const database = await createDatabase();
      const environment = { SIGNUPS: "closed", LEGACY_TOKENS: "off" };
      const server = await startServer({ databaseUrl: database.url, driver, environment });
      await use(server);
      await server.stop();
      await database.drop();
    },
    { timeout: 60_000 },
  ],
});

const usersWith = (server: Server, email: string) =>
  query<{ id: string; email: string }>(
    server.databaseUrl,
    "select id, email from users where lower(email) = lower($1)",
    [email],
  );

test.describe("POST /api/v1/auth/signup", () => {
  test("201 makes an account and signs in: the legacy members and the new ones", async ({ api }) => {
    const email = anEmail();
    const { status, body, headers } = await api("POST", PATH, {
      body: { email, password: PASSWORD, name: " Ada " },
    });
    expect(status).toBe(201);
    expect(body).toEqual({ success: true, data: { ...ENTERED, email, name: "Ada" } });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.getSetCookie()).toEqual([]);
    expect(body.data.created_at).toMatch(TIMESTAMP);
    const { user_id: userId, session_id: sessionId } = body.data;
    for (const token of [body.data.access_token, body.data.token ?? ""])
      expect(await verifyAccessToken(token)).toMatchObject({ userId, sessionId });
    const payload = (token = "") =>
      JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(payload(body.data.access_token)).toMatchObject({ user_id: userId, email, name: "Ada" });
    const legacy = payload(body.data.token);
    expect(legacy.exp - legacy.iat).toBe(24 * 60 * 60);
  });

  test("201 without a name, and whoever signed up may use the board", async ({ api, server }) => {
    const { status, body } = await api("POST", PATH, { body: { email: anEmail(), password: PASSWORD } });
    expect({ status, name: body.data.name }).toEqual({ status: 201, name: null });
    const own = apiOf(server, { token: body.data.access_token });
    expect((await own("POST", "/api/v1/tasks", { body: { title: "First" } })).status).toBe(201);
  });

  test("201 mails a link to verify the address, and opens with the password as it was typed", async ({
    api,
    mailbox,
  }) => {
    const email = anEmail();
    const password = "  ﬁve Ångströms 🎈  ";
    await api("POST", PATH, { body: { email, password } });
    const token = secretIn(await mailbox.mailTo(email, { subject: "Confirm your e-mail address" }));
    expect((await api("POST", "/api/v1/auth/email/verify", { body: { token } })).status).toBe(200);
    const signIn = (given: string) =>
      api("POST", "/api/v1/auth/signin", { body: { email, password: given } });
    expect((await signIn(password.trim())).status).toBe(401);
    expect((await signIn(password)).status).toBe(200);
  });

  test("409 an address that is known, whatever its case and the space around it", async ({ member, api }) => {
    for (const email of [member.email, member.email.toUpperCase(), `  ${member.email}\t`]) {
      const { status, body } = await api("POST", PATH, { body: { email, password: OTHER_PASSWORD } });
      expect({ status, code: body.code }).toEqual({ status: 409, code: "conflict" });
      expect(body).not.toHaveProperty("current");
    }
    expect((await member.signIn()).sessionId).toMatch(UUID);
  });

  test("409 for all but one of 20 who sign up with one address at once, each from elsewhere", async ({
    server,
  }) => {
    const email = anEmail();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        patiently(() =>
          apiOf(server)("POST", PATH, {
            body: { email: index % 2 ? email : email.toUpperCase(), password: PASSWORD },
          }),
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(19).fill(409)]);
    expect(await usersWith(server, email)).toHaveLength(1);
  });

  test("T-49 409 a spelling that is another's address once it is in lower case", async ({
    api,
    newMember,
  }) => {
    const { email } = await newMember({ email: `k${anEmail()}` });
    const kelvin = `\u212a${email.slice(1)}`;
    expect((await api("POST", PATH, { body: { email: kelvin, password: PASSWORD } })).status).toBe(409);
  });

  const tricks: [string, (email: string) => string][] = [
    ["with a full-width @", (email) => email.replace("@", "＠")],
    ["with quotes", (email) => email.replace(/^(.*)@/, '"$1"@')],
    ["with a trailing dot", (email) => `${email}.`],
    ["with a dot before the @", (email) => email.replace("@", ".@")],
    ["with NUL at its end", (email) => `${email}\0`],
    ["with NUL inside", (email) => email.replace("@", "\0@")],
    ["with a line break", (email) => email.replace("@", "\r\nBcc: eve@example.org\r\n@")],
    ["with a zero-width space", (email) => email.replace("@", "\u200b@")],
    ["with a letter that looks like another", (email) => email.replace("ada", "аda")],
    ["with a combining accent", (email) => email.replace("ada", "a\u0301da")],
    ["with a comment", (email) => email.replace("@", "(comment)@")],
    ["with another address before it", (email) => `eve@example.org,${email}`],
    ["in angle brackets", (email) => `Ada <${email}>`],
    ["with an address for a host", (email) => email.replace(/@.*/, "@[127.0.0.1]")],
    ["with a full-width host", (email) => email.replace("example", "ｅxample")],
    ["with spaces inside", (email) => email.replace("@", " @ ")],
    ["of 255 characters", (email) => email.replace("@", `${"a".repeat(255 - email.length)}@`)],
  ];
  for (const [name, twist] of tricks)
    test(`T-49 422 an address ${name}`, async ({ member, api, server }) => {
      const body = { email: twist(member.email), password: PASSWORD };
      const answer = await api("POST", PATH, { body });
      expect(answer).toMatchObject({ status: 422, body: { code: "invalid", errors: [{ path: "email" }] } });
      const like = await query(server.databaseUrl, "select 1 from users where strpos(email, $1) > 0", [
        member.email.slice(4, 30),
      ]);
      expect(like).toHaveLength(1);
    });

  const refused: [string, object, string, string?][] = [
    ["no e-mail", { email: undefined }, "email"],
    ["no password", { password: undefined }, "password"],
    ["an e-mail that is a list", { email: ["ada@example.org"] }, "email"],
    ["a password that is a number", { password: 12345678 }, "password"],
    ["a password of 7 characters", { password: "a🎈c🎈e🎈g" }, "password"],
    ["a password of 129 characters", { password: "ab ".repeat(43) }, "password"],
    ["a common password", { password: "password123" }, "password", "too_common"],
    ["its own address as the password", { password: "Ada@Example.org" }, "password", "too_personal"],
    [
      "its own name as the password",
      { password: "Ada-Lovelace", name: "Ada Lovelace" },
      "password",
      "too_personal",
    ],
    ["an empty name", { name: "  " }, "name"],
    ["a name of 256 characters", { name: "x".repeat(256) }, "name"],
  ];
  for (const [name, given, path, code] of refused)
    test(`422 ${name}`, async ({ api }) => {
      const good = { email: "ada@example.org", password: PASSWORD };
      const { status, body } = await api("POST", PATH, { body: { ...good, ...given } });
      expect({ status, path: body.errors[0]?.path }).toEqual({ status: 422, path });
      if (code) expect(body.errors[0]?.code).toBe(code);
    });

  test("422 every column of a user, and what a program might merge into its objects", async ({
    api,
    server,
  }) => {
    const given = ["email", "name"];
    const columns = (await columnsOf(server.databaseUrl, "users")).map(({ name }) => name);
    const members = [...columns.filter((name) => !given.includes(name)), "user_id", "hash", "has_password"];
    for (const name of [...members, "__proto__", "constructor"]) {
      const email = anEmail();
      const body = `{"email": "${email}", "password": "${PASSWORD}", "${name}": {"is_active": true}}`;
      const answer = await api("POST", PATH, { body });
      expect(answer, name).toMatchObject({ status: 422, body: { errors: [{ code: "unrecognized_key" }] } });
      expect(await usersWith(server, email)).toEqual([]);
    }
  });

  test("413 a body of more than 64 KB, and 415 one that is not JSON", async ({ api }) => {
    const large = { email: anEmail(), password: "x".repeat(64 * 1024) };
    expect(await api("POST", PATH, { body: large })).toMatchObject({
      status: 413,
      body: { code: "too_large" },
    });
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const headers = { "content-type": type };
      const { status } = await api("POST", PATH, { body: { email: anEmail(), password: PASSWORD }, headers });
      expect(status).toBe(415);
    }
  });

  test("429 the eleventh account from one address within an hour, wherever it says it is", async ({
    server,
  }) => {
    const address = anAddress();
    const body = { email: "ada@example.org", password: "password123" };
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      const said = apiOf(server, { address: `192.0.2.${index}, ${address}` });
      statuses.push((await said("POST", PATH, { body })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
  });

  test("403 where sign-up is closed, and no token of 24 hours where it is off", async ({ closed }) => {
    const open = apiOf(closed);
    const account = { email: anEmail(), password: PASSWORD };
    expect(await open("POST", PATH, { body: account })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect(await usersWith(closed, account.email)).toEqual([]);
    await insertMember(closed, account);
    const { status, body } = await open("POST", "/api/v1/auth/signin", { body: account });
    expect({ status, hasToken: "token" in body.data }).toEqual({ status: 200, hasToken: false });
  });
});
