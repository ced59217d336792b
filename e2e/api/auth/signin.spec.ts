import { type Answer, apiOf, expect } from "../../fixtures";
import { ENTERED } from "../../support/account-shapes";
import { anEmail, insertMember, OTHER_PASSWORD, PASSWORD, test } from "../../support/accounts";
import { query } from "../../support/database";
import type { Server } from "../../support/server";

const PATH = "/api/v1/auth/signin";

/** The kinds of people to whom a password opens nothing, and nobody may tell them apart. */
async function strangers({ server }: { server: Server }) {
  const known = await insertMember(server, { password: PASSWORD });
  const disabled = await insertMember(server, { password: PASSWORD });
  await query(server.databaseUrl, "update users set is_active = false where id = $1", [disabled.id]);
  const linked = await insertMember(server);
  await query(server.databaseUrl, "insert into accounts values ($1, 'oidc', 'github', gen_random_uuid())", [
    linked.id,
  ]);
  return {
    "a wrong password": { email: known.email, password: OTHER_PASSWORD },
    "an unknown address": { email: anEmail(), password: PASSWORD },
    "a disabled account": { email: disabled.email, password: PASSWORD },
    "an account without a password": { email: linked.email, password: PASSWORD },
  };
}

/** What must not differ: all but the request's own id and the moment. */
function visible({ status, headers, body }: Answer) {
  const { request_id, ...rest } = body;
  const shown = [...headers].filter(([name]) => name !== "x-request-id" && name !== "date");
  const timeless = shown.map(([name, value]) => `${name}: ${value.replace(/t=\d+/, "t=…")}`);
  return { status, body: JSON.stringify(rest), headers: timeless };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test.describe("POST /api/v1/auth/signin", () => {
  test("200 signs in: the legacy members and the new ones", async ({ member, api }) => {
    const body = { email: member.email, password: member.password };
    const answer = await api("POST", PATH, { body });
    expect(answer.status).toBe(200);
    const data = { ...ENTERED, user_id: member.id, email: member.email };
    expect(answer.body).toEqual({ success: true, data });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.body.data.session_id).not.toBe(member.sessionId);
  });

  test("200 however the address is spelt", async ({ member, api }) => {
    const email = `  ${member.email.toUpperCase()} `;
    expect((await api("POST", PATH, { body: { email, password: member.password } })).status).toBe(200);
  });

  test("200 the twenty-first device, and the one not seen for longest is signed out", async ({
    member,
    server,
  }) => {
    await query(
      server.databaseUrl,
      `insert into sessions select (s).* from (select jsonb_populate_record(s,
         jsonb_build_object('id', gen_random_uuid(), 'last_seen_at', now() + n * interval '1 ms')) as s
       from sessions s, generate_series(1, 19) n where s.id = $1) as made`,
      [member.sessionId],
    );
    expect((await member.api("GET", "/api/v1/auth/sessions")).body.data.sessions).toHaveLength(20);
    const device = await member.signIn();
    expect((await member.api("GET", "/api/v1/auth/me")).status).toBe(401);
    expect((await device.api("GET", "/api/v1/auth/sessions")).body.data.sessions).toHaveLength(20);
  });

  const refused: [string, object, string][] = [
    ["no e-mail", { email: undefined }, "email"],
    ["no password", { password: undefined }, "password"],
    ["a password that is a list", { password: [PASSWORD] }, "password"],
    ["a session to sign in to", { session_id: "01932f6e-8000-7000-8000-00000000ffff" }, "session_id"],
  ];
  for (const [name, given, path] of refused)
    test(`422 ${name}`, async ({ api }) => {
      const body = { email: "ada@example.org", password: PASSWORD, ...given };
      expect(await api("POST", PATH, { body })).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    });

  test("T-33 401 with the same bytes and headers, whatever is wrong", async ({ server }) => {
    const people = await strangers({ server });
    const answers: Record<string, ReturnType<typeof visible>> = {};
    for (const [name, body] of Object.entries(people))
      answers[name] = visible(await apiOf(server)("POST", PATH, { body }));
    const wrong = answers["a wrong password"];
    expect(wrong?.status).toBe(401);
    for (const [name, answer] of Object.entries(answers)) expect(answer, name).toEqual(wrong);
  });

  test("T-33 429 with the same bytes and headers for an account and for none", async ({ server }) => {
    const people = await strangers({ server });
    const answers: Record<string, ReturnType<typeof visible>> = {};
    for (const [name, body] of Object.entries(people)) {
      const api = apiOf(server);
      const isHeld = ({ status }: Answer) => status === 429;
      let answer = await api("POST", PATH, { body });
      for (let index = 0; index < 9 && !isHeld(answer); index += 1)
        answer = await api("POST", PATH, { body });
      const { headers, ...rest } = visible(answer);
      const steady = headers.map((line) => line.replace(/^retry-after: \d+$/, "retry-after: a while"));
      answers[name] = { ...rest, headers: steady };
    }
    const wrong = answers["a wrong password"];
    expect(wrong?.status).toBe(429);
    expect(wrong?.headers).toContain("retry-after: a while");
    for (const [name, answer] of Object.entries(answers)) expect(answer, name).toEqual(wrong);
  });

  test("T-33 401 after the same time, whatever is wrong", async ({ server }) => {
    test.setTimeout(120_000);
    const people = Object.entries(await strangers({ server }));
    const time = async (body: object) => {
      const api = apiOf(server);
      const startedAt = performance.now();
      expect((await api("POST", PATH, { body })).status).toBe(401);
      return performance.now() - startedAt;
    };
    const compare = async () => {
      const samples = new Map<string, number[]>(people.map(([name]) => [name, []]));
      for (let round = 0; round < 30; round += 1) {
        await query(server.databaseUrl, "delete from throttles where key like 'sign-in account %'");
        for (const [name, body] of people) samples.get(name)?.push(await time(body));
      }
      const medians = [...samples.values()].map(median);
      return Math.max(...medians) / Math.min(...medians);
    };
    // A hash left out shows as a ratio of 3 or more; a neighbour on the machine as one that does not come again.
    const ratios: number[] = [];
    while (ratios.length < 3 && !ratios.some((ratio) => ratio < 1.4)) ratios.push(await compare());
    expect(Math.min(...ratios)).toBeLessThan(1.4);
  });
});
