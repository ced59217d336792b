import type { Page } from "playwright/test";
import { test as base } from "../../fixtures";
import { createDatabase, query } from "../../support/database";
import { CLIENT, openIdProvider, type Person } from "../../support/openid-provider";
import { freePort, type Server, startServer } from "../../support/server";

export type World = { server: Server; url: string; people: Map<string, Person> };

/** A server that people can sign in to through a provider. They come by a name of this machine, not by its number. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({ driver }, use) => {
      const database = await createDatabase();
      const port = await freePort();
      const environment = {
        AUTH_OIDC_ISSUER: `http://127.0.0.1:${port}`,
        AUTH_OIDC_ID: CLIENT.id,
        AUTH_OIDC_SECRET: CLIENT.secret,
        AUTH_OIDC_NAME: "Example ID",
        AUTH_GITHUB_ID: "nobody",
        AUTH_GITHUB_SECRET: "nothing",
      };
      const server = await startServer({ databaseUrl: database.url, driver, environment });
      const url = server.url.replace("127.0.0.1", "localhost");
      const people = new Map<string, Person>();
      const provider = await openIdProvider({ port, people, redirectUri: `${url}/api/auth/callback/oidc` });
      await use({ server, url, people });
      await provider.close();
      await server.stop();
      await database.drop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ world }, use) => use(world.url),
});

/** Ours: Next keeps one of its own beside the page. */
export const alertOn = (page: Page) => page.getByRole("main").getByRole("alert");

let count = 0;

export function newPerson({ people }: World, person: Partial<Person> = {}) {
  count += 1;
  const login = `${Date.now()}-${process.pid}-${count}`;
  people.set(login, {
    sub: login,
    email: `${login}@example.org`,
    email_verified: true,
    name: "Grace Hopper",
    ...person,
  });
  return { login, email: `${login}@example.org` };
}

export async function logIn(page: Page, login: string): Promise<void> {
  await page.getByLabel("Login").fill(login);
  await page.getByRole("button", { name: "Log in" }).click();
}

export async function signInThrough(page: Page, login: string, from = "/sign-in"): Promise<void> {
  await page.goto(from);
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await logIn(page, login);
}

export const accountsOf = ({ server }: World, login: string) =>
  query<{ user_id: string; email: string; is_verified: boolean }>(
    server.databaseUrl,
    `select a.user_id, u.email, u.email_verified_at is not null as is_verified
     from accounts a join users u on u.id = a.user_id where a.provider = 'oidc' and a.provider_account_id = $1`,
    [login],
  );

export const eventsOf = async ({ server }: World, userId: string) =>
  (
    await query<{ kind: string }>(
      server.databaseUrl,
      "select kind from security_events where user_id = $1 order by id",
      [userId],
    )
  ).map(({ kind }) => kind);
