import { expect } from "../../fixtures";
import { TIMESTAMP } from "../../support/account-shapes";
import { eventsOf, test } from "../../support/accounts";
import { query } from "../../support/database";
import type { Server } from "../../support/server";

const PATH = "/api/v1/auth/accounts";

const link = ({ databaseUrl }: Server, userId: string, provider: string) =>
  query(databaseUrl, "insert into accounts values ($1, 'oidc', $2, gen_random_uuid())", [userId, provider]);

const namesOf = (accounts: { provider: string }[]) => accounts.map(({ provider }) => provider);

test.describe("GET /api/v1/auth/accounts", () => {
  test("200 my accounts, by name, and nothing that the provider knows me as", async ({
    member,
    newMember,
    server,
  }) => {
    await link(server, (await newMember()).id, "oidc");
    for (const provider of ["google", "github"]) await link(server, member.id, provider);
    const { status, body } = await member.api("GET", PATH);
    const created_at = expect.stringMatching(TIMESTAMP);
    const accounts = ["github", "google"].map((provider) => ({ provider, created_at }));
    expect({ status, data: body.data }).toEqual({ status: 200, data: { accounts } });
  });
});

test.describe("DELETE /api/v1/auth/accounts/{provider}", () => {
  test("204 unlinks one while there is a password", async ({ member, server }) => {
    await link(server, member.id, "github");
    expect((await member.api("DELETE", `${PATH}/github`)).status).toBe(204);
    expect((await member.api("GET", PATH)).body.data.accounts).toEqual([]);
    expect((await eventsOf(server, member.id)).at(-1)).toBe("account_unlinked");
    expect((await member.api("DELETE", `${PATH}/github`)).status).toBe(404);
  });

  test("409 the last way in, which stays; of two that go at once one stays", async ({ user, server }) => {
    for (const provider of ["github", "google"]) await link(server, user.id, provider);
    const answers = await Promise.all(
      ["github", "google"].map((provider) => user.api("DELETE", `${PATH}/${provider}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const left = (await user.api("GET", PATH)).body.data.accounts;
    expect(left).toHaveLength(1);
    const [last] = namesOf(left);
    expect(await user.api("DELETE", `${PATH}/${last}`)).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    });
    expect((await user.api("GET", PATH)).body.data.accounts).toEqual(left);
    expect(await eventsOf(server, user.id)).toEqual(["account_unlinked"]);
  });

  test("T-42 404 one that only somebody else has, which stays, and what is no provider", async ({
    member,
    newMember,
    server,
  }) => {
    const other = await newMember();
    await link(server, other.id, "github");
    for (const provider of ["github", "' or 1=1 --", "%00"])
      expect((await member.api("DELETE", `${PATH}/${encodeURIComponent(provider)}`)).status).toBe(404);
    expect(namesOf((await other.api("GET", PATH)).body.data.accounts)).toEqual(["github"]);
  });
});
