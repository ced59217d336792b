import { randomUUID } from "node:crypto";
import { rules } from "@/conformance/rules";
import { test as base, expect } from "../../fixtures";
import { bytesOf } from "./breaking";
import { type Breaking, openBrokenServer } from "./broken-server";
import { conformance } from "./command";

const PASSWORD = "seven lamps over the harbour";

type Account = {
  email: string;
  args: string[];
  get(path: string): Promise<Response>;
  look(): Promise<unknown>;
};

/** Servers in front of the real one: each has an address of its own, so that nobody's sign-ups use up another's. */
const test = base.extend<{ front: (breaking?: Breaking) => Promise<string>; account: Account }>({
  front: async ({ server }, use) => {
    const opened: { close(): Promise<void> }[] = [];
    await use(async (breaking = (asked, pass) => pass(asked)) => {
      const front = await openBrokenServer(server.url, breaking);
      opened.push(front);
      return front.url;
    });
    await Promise.all(opened.map((front) => front.close()));
  },
  account: async ({ front }, use) => {
    const url = await front();
    const email = `${randomUUID()}@example.org`;
    const post = (path: string, body: object, headers = {}) =>
      fetch(`${url}/api/v1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }).then((response) => response.json());
    const { data } = await post("/auth/signup", { email, password: PASSWORD });
    const headers = { authorization: `Bearer ${data.access_token}` };
    const ask = (path: string, method = "GET") => fetch(`${url}/api/v1${path}`, { method, headers });
    await post("/tasks", { title: "Kept" }, headers);
    await ask(`/tasks/${(await post("/tasks", { title: "Thrown away" }, headers)).data.id}`, "DELETE");
    const paths = ["/tasks", "/trash", "/auth/sessions", "/auth/me"];
    const look = () =>
      Promise.all(paths.map(async (path) => withoutUse((await (await ask(path)).json()).data)));
    await use({ email, args: ["--url", url, "--email", email, "--password", PASSWORD], get: ask, look });
  },
});

/** When a session was last used is no trace. */
const withoutUse = (data: { sessions?: { last_seen_at?: string }[] }) => {
  for (const session of data.sessions ?? []) delete session.last_seen_at;
  return data;
};

test.describe.configure({ timeout: 120_000 });

test.describe("npm run conformance", () => {
  test.skip(({ driver }) => driver !== "pg", "What it asks is the same, whichever the driver");

  test("0 every rule passes here, one line each, and nothing is left behind", async ({ account }) => {
    const before = await account.look();
    const { code, output, report } = await conformance(account.args);
    const failed = report?.rules.filter(({ result }) => result !== "pass");
    expect({ failed, code }).toEqual({ failed: [], code: 0 });
    for (const { id, rule } of rules) expect(output).toContain(`pass  ${id.padEnd(9)} ${rule}\n`);
    expect(output).toMatch(new RegExp(`\n${rules.length} passed, 0 failed, 0 skipped\n$`));
    expect(await account.look()).toEqual(before);
  });

  test("0 an account that is not there is made, and removed again", async ({ front, api }) => {
    const email = `${randomUUID()}@example.org`;
    const credentials = ["--email", email, "--password", PASSWORD];
    const { code, output } = await conformance([
      "--url",
      await front(),
      ...credentials,
      "--only",
      "task-01,TASK-17",
    ]);
    expect([code, output.split("\n").at(-2)]).toEqual([0, "2 passed, 0 failed, 0 skipped"]);
    for (const address of [email, email.replace("@", "+conformance@")])
      expect(
        (await api("POST", "/api/v1/auth/signin", { body: { email: address, password: PASSWORD } })).status,
      ).toBe(401);
  });

  test("130 Ctrl-C cleans up too", async ({ account }) => {
    const before = await account.look();
    const { code, report } = await conformance(account.args, { interruptAt: /pass {2}TRASH-02/ });
    expect(code).toBe(130);
    expect(report?.rules.length).toBeLessThan(rules.length);
    expect(await account.look()).toEqual(before);
  });

  test("1 a rule that fails says what was expected and what came, and nothing is left behind", async ({
    front,
    account,
  }) => {
    const before = await account.look();
    const url = await front(async (asked, pass) => {
      const told = await pass(asked);
      return asked.method === "DELETE" && told.status === 204 ? { ...told, status: 200 } : told;
    });
    const { code, output } = await conformance([...account.args, "--url", url, "--only", "TASK-16,TASK-15"]);
    expect(code).toBe(1);
    expect(output).toMatch(/FAIL {2}TASK-16 .*\n +DELETE \/api\/v1\/tasks\/\S+: expected 204, got 200\n/);
    expect(output).toContain("1 passed, 1 failed, 0 skipped");
    expect(await account.look()).toEqual(before);
  });

  test("0 where nobody may sign up, rules about somebody else are skipped with the reason", async ({
    front,
    account,
  }) => {
    const url = await front(async (asked, pass) =>
      asked.url.pathname.endsWith("/signup")
        ? { status: 403, headers: new Headers(), body: bytesOf({ detail: "Nobody new." }) }
        : pass(asked),
    );
    const { code, output } = await conformance([...account.args, "--url", url, "--only", "TASK-16,TASK-17"]);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/skip {2}TASK-17 .*\n +a second account is needed.*Nobody new/),
    ]);
    const { code: unknown, output: told } = await conformance([
      ...account.args,
      "--url",
      url,
      "--email",
      "nobody@example.org",
    ]);
    expect([unknown, told]).toEqual([2, expect.stringContaining("nobody may sign up here")]);
  });

  test("0 waits where the instance asks for patience", async ({ front, account }) => {
    let refusals = 0;
    const url = await front(async (asked, pass) => {
      if (asked.url.pathname !== "/api/v1/tasks" || refusals > 0) return pass(asked);
      refusals += 1;
      return { status: 429, headers: new Headers({ "retry-after": "1" }), body: bytesOf("") };
    });
    const { code, output } = await conformance([...account.args, "--url", url, "--only", "TASK-01"]);
    expect([code, refusals, output]).toEqual([0, 1, expect.stringContaining("waiting 1 s")]);
  });

  test("2 and a sentence, when it cannot begin", async ({ front, account }) => {
    const begins: [string[], string][] = [
      [[], "--url, --email and --password are needed"],
      [[...account.args, "--url", "localhost"], "is no address"],
      [[...account.args, "--url", "http://127.0.0.1:1"], "Nothing answers at"],
      [[...account.args, "--only", "TASK-99"], "There is no rule TASK-99"],
      [[...account.args, "--colour"], "Unknown option '--colour'"],
      [[...account.args, "--password", "not this one at all"], "the password is not its"],
      [
        [
          ...account.args,
          "--url",
          await front(async () => ({ status: 404, headers: new Headers(), body: bytesOf("") })),
        ],
        "is this an instance",
      ],
    ];
    for (const [args, sentence] of begins) {
      const { code, output } = await conformance(args);
      expect([code, output]).toEqual([2, expect.stringContaining(sentence)]);
    }
  });

  test("0 --help and --list say what there is", async () => {
    expect(await conformance(["--help"])).toMatchObject({
      code: 0,
      output: expect.stringContaining("--only"),
    });
    const { code, output } = await conformance(["--list", "--only", "HEALTH"]);
    expect([code, output.trim().split("\n").length]).toEqual([0, 4]);
  });
});

test("the rules have ids of their own, and say what they are about", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, rule } of rules) {
    expect(id).toMatch(/^[A-Z]+-\d\d$/);
    expect(rule).toMatch(/^\S.{10,110}[^.]$/);
  }
});
