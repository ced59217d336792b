import { setTimeout as wait } from "node:timers/promises";
import { type Answer, type Api, anAddress, apiOf, expect } from "../../fixtures";
import { anEmail, eventsOf, type Member, OTHER_PASSWORD, patiently, test } from "../../support/accounts";
import { openSignInForm } from "../../support/sign-in-form";

const PATH = "/api/v1/auth/signin";

const guess = (api: Api, { email }: Pick<Member, "email">) =>
  patiently(() => api("POST", PATH, { body: { email, password: OTHER_PASSWORD } }));

const enter = (api: Api, { email, password }: Pick<Member, "email" | "password">) =>
  patiently(() => api("POST", PATH, { body: { email, password } }));

async function guesses(apis: Api[], member: Pick<Member, "email">): Promise<number[]> {
  const statuses: number[] = [];
  for (const api of apis) statuses.push((await guess(api, member)).status);
  return statuses;
}

/** Five are free, and whoever goes on at once is held up. */
function expectFive(statuses: number[]): void {
  expect(statuses.slice(0, 5)).toEqual(Array(5).fill(401));
  expect(statuses).toContain(429);
}

/** Each guess from where `place` says, until one is held up. */
async function guessUntilHeld(place: () => Api, member: Pick<Member, "email">): Promise<Answer> {
  for (let index = 0; index < 16; index += 1) {
    const answer = await guess(place(), member);
    if (answer.status === 429) return answer;
  }
  throw new Error("Nobody is held up.");
}

const times = (count: number, of: (index: number) => Api) =>
  Array.from({ length: count }, (_, index) => of(index));

/** Of the account's delay, which doubles from a second on: how many attempts it has let through after the free ones. */
const letThrough = (seconds: number) => Math.floor(Math.log2(1 + seconds));

test.describe("whoever guesses passwords", () => {
  test("T-35 is counted together at four doors, of 52 at once ten reach the hash", async ({
    member,
    server,
  }) => {
    test.setTimeout(60_000);
    const submit = await openSignInForm(server.url);
    const away = () => apiOf(server, { token: member.accessToken });
    const wrong = { email: member.email, password: OTHER_PASSWORD };
    const doors = [
      () => apiOf(server)("POST", PATH, { body: wrong }),
      () => submit(wrong, anAddress()),
      () => away()("DELETE", "/api/v1/auth/me", { body: { password: OTHER_PASSWORD } }),
      () =>
        away()("POST", "/api/v1/auth/password", {
          body: { current_password: OTHER_PASSWORD, new_password: "eleven pale moths indoors" },
        }),
    ];
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 52 }, (_, index) => doors[index % 4]?.()));
    const seconds = (performance.now() - startedAt) / 1000;
    const failed = async () => {
      const kinds = await eventsOf(server, member.id);
      return kinds.filter((kind) => kind === "sign_in_failed").length;
    };
    await expect.poll(failed).toBeGreaterThanOrEqual(8);
    await wait(300);
    expect(await failed()).toBeLessThanOrEqual(10 + letThrough(seconds));
    const ofApi = answers.filter((answer, index) => index % 4 !== 1 && answer);
    const reached = ofApi.filter((answer) => answer?.status === 401 || answer?.status === 403);
    expect(reached.length).toBeLessThanOrEqual(10 + letThrough(seconds));
    expect(ofApi.filter((answer) => answer?.status === 429).length).toBeGreaterThanOrEqual(25);
    expect((await member.api("GET", "/api/v1/auth/me")).status).toBe(200);
  });

  test("T-35 has five tries from one place, whichever door they try", async ({ member, server }) => {
    const submit = await openSignInForm(server.url);
    const password = OTHER_PASSWORD;
    const change = { current_password: password, new_password: "eleven pale moths indoors" };
    const here = [
      await guess(member.open, member),
      await member.api("DELETE", "/api/v1/auth/me", { body: { password } }),
      await member.api("POST", "/api/v1/auth/password", { body: change }),
      await member.api("POST", "/api/v1/auth/email", { body: { email: anEmail(), password } }),
    ];
    expect(here.map(({ status }) => status)).toEqual([401, 403, 403, 403]);
    await submit({ email: member.email, password }, member.address);
    const more = await Promise.all([
      guess(member.open, member),
      member.api("POST", "/api/v1/auth/password", { body: change }),
      member.api("DELETE", "/api/v1/auth/me", { body: { password } }),
    ]);
    // A second after the last one more is possible, and this machine may be slow.
    expect(more.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(2);
  });

  test("T-36 keeps nobody out where they are known, nor their neighbours", async ({ member, server }) => {
    test.setTimeout(60_000);
    const held = await guessUntilHeld(() => apiOf(server), member);
    expect(Number(held.headers.get("retry-after"))).toBeLessThanOrEqual(30);
    expect((await enter(member.open, member)).status).toBe(200);
    const neighbour = apiOf(server, { address: member.address.replace(/\d+$/, "77") });
    expect((await enter(neighbour, member)).status).toBe(200);
  });

  test("T-36 lets the right password in from anywhere once the time has come", async ({ member, server }) => {
    test.setTimeout(60_000);
    const held = await guessUntilHeld(() => apiOf(server), member);
    const elsewhere = apiOf(server);
    await wait(Number(held.headers.get("retry-after")) * 1000);
    expect((await enter(elsewhere, member)).status).toBe(200);
  });

  test("is forgiven by a right password", async ({ member }) => {
    const four = times(4, () => member.open);
    expect(await guesses(four, member)).toEqual([401, 401, 401, 401]);
    expect((await enter(member.open, member)).status).toBe(200);
    expectFive(
      await guesses(
        times(8, () => member.open),
        member,
      ),
    );
  });

  test("429 says when to come again, and counts of no account", async ({ member }) => {
    const { headers, body } = await guessUntilHeld(() => member.open, member);
    expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(300);
    expect(headers.get("ratelimit-policy")).toBe('"api";q=1000000;w=60, "sign-in";q=50;w=900');
    expect(headers.get("ratelimit")).toMatch(/^"api";r=\d+;t=\d+, "sign-in";r=0;t=\d+$/);
    expect(JSON.stringify(body)).not.toContain(member.email);
  });
});

test.describe("where somebody guesses from", () => {
  // As many of the one kind as of the other, so that no kind alone comes to six.
  const WAYS_TO_WRITE = [
    "203.0.113.9",
    "::ffff:203.0.113.9",
    "203.0.113.9:4711",
    "::FFFF:cb00:7109",
    " 203.0.113.9",
    "0:0:0:0:0:ffff:203.0.113.9",
    "[::ffff:203.0.113.9]:4711",
    "192.0.2.1, 203.0.113.9",
  ];
  const [network, host] = ["2001:db8:5:6", anAddress()];
  const ways: [string, (index: number) => { address?: string; headers?: Record<string, string> }][] = [
    [
      "X-Forwarded-For begins with other addresses",
      (n) => ({ address: `192.0.2.${n}, 198.51.100.${n}, ${host}` }),
    ],
    [
      "other headers name other addresses",
      (n) => ({
        address: host,
        headers: {
          "x-real-ip": `192.0.2.${n}`,
          "x-client-ip": `192.0.2.${n}`,
          "cf-connecting-ip": `192.0.2.${n}`,
          "true-client-ip": `192.0.2.${n}`,
          "x-fourfold-peer": `secret 192.0.2.${n}`,
          "x-vercel-forwarded-for": `192.0.2.${n}`,
          forwarded: `for=192.0.2.${n}`,
        },
      }),
    ],
    ["the addresses are of one /64", (n) => ({ address: `${network}:${n}:${n}:${n}:${n}` })],
    ["an address is written in many ways", (n) => ({ address: WAYS_TO_WRITE[n] })],
    ["what is named is no address", (n) => ({ address: `nobody-${n}` })],
  ];
  for (const [name, way] of ways)
    test(`T-37 429 after five guesses when ${name}`, async ({ member, server }) => {
      const apis = times(8, (index) => {
        const { address, headers } = way(index);
        const api = apiOf(server, { address });
        return (method, path, call) => api(method, path, { ...call, headers });
      });
      expectFive(await guesses(apis, member));
    });

  test("T-37 401 after five guesses when each comes from another network", async ({ member, server }) => {
    const ipv6 = times(4, (index) => apiOf(server, { address: `2001:db8:7:${index}::1` }));
    const apis = [...ipv6, ...times(4, () => apiOf(server))];
    expect(await guesses(apis, member)).toEqual(Array(8).fill(401));
  });
});
