import type { BrowserContext, Locator, Page } from "playwright/test";
import { signAccessToken } from "@/lib/auth/tokens";
import { SCOPES } from "@/lib/scopes";
import { type Api, apiOf, test as base, expect } from "../fixtures";
import { type BrowserPerson, createBrowserPerson, signInBrowser } from "../support/browser-session";
import { query } from "../support/database";

export { expect } from "../fixtures";

/** Wednesday, 10:00 in Berlin. */
export const NOW = new Date("2026-10-14T08:00:00.000Z");

const PRIORITIES = {
  do: "urgent_important",
  schedule: "not_urgent_important",
  delegate: "urgent_not_important",
  drop: "not_urgent_not_important",
} as const;

type Seed = { title: string; in?: keyof typeof PRIORITIES | "unsorted" } & Record<string, unknown>;

export type BoardFixture = {
  person: BrowserPerson;
  /** The API, as the same person. */
  api: Api;
  /** From top to bottom, as they are to stand. Gives back their ids by title. */
  seed(...tasks: (Seed | string)[]): Promise<Record<string, string>>;
  signIn(): Promise<void>;
  /** Signed in, and ready to be used. */
  open(path?: string): Promise<Page>;
  /** Another device of the same person, on the page, at the same clock. */
  device(path?: string): Promise<Page>;
};

type Fixtures = {
  board: BoardFixture;
};

export const test = base.extend<Fixtures>({
  timezoneId: "Europe/Berlin",
  locale: "en-GB",
  // Here a failed answer that no test provoked is a fault.
  tolerated: async ({ driver: _ }, use) => use([]),

  board: async ({ server, browser, context, page, contextOptions, timezoneId, locale }, use) => {
    const person = await createBrowserPerson(server.databaseUrl, {
      password: "seven lamps over the harbour",
    });
    await query(server.databaseUrl, "update users set preferences = $2 where id = $1", [
      person.id,
      JSON.stringify({ timeZone: "Europe/Berlin" }),
    ]);
    const api = apiOf(server, { token: await tokenOf(person) });
    const others: BrowserContext[] = [];
    const ready = async (page: Page, path: string) => {
      await signInBrowser(page.context(), server.url, person.token);
      await page.clock.setFixedTime(NOW);
      await page.goto(server.url + path);
      await page.locator("[data-ready]").waitFor({ state: "attached" });
      return page;
    };
    await use({
      person,
      api,
      seed: (...tasks) => seed(api, tasks),
      signIn: () => signInBrowser(context, server.url, person.token),
      open: (path = "/matrix") => ready(page, path),
      async device(path = "/matrix") {
        const other = await browser.newContext({
          ...contextOptions,
          timezoneId,
          locale,
          baseURL: server.url,
        });
        others.push(other);
        return ready(await other.newPage(), path);
      },
    });
    await context.close();
    for (const other of others) await other.close();
  },
});

async function seed(api: Api, tasks: (Seed | string)[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const given of tasks.toReversed()) {
    const { in: place = "do", ...fields } = typeof given === "string" ? { title: given } : given;
    const body = { ...fields, ...(place !== "unsorted" && { priority: PRIORITIES[place] }) };
    const { status, body: answer } = await api("POST", "/api/v1/tasks", { body });
    expect(status).toBe(201);
    ids[fields.title] = answer.data.id;
  }
  return ids;
}

const tokenOf = ({ id: userId, email, sessionId }: BrowserPerson) =>
  signAccessToken({ userId, email, name: "Ada", sessionId, scopes: SCOPES, authenticatedAt: new Date() });

/** A quadrant by its name, or the tray. */
export const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

export const row = (page: Page, title: string): Locator =>
  page.getByRole("row", { name: title, exact: true });

/** The titles that stand in a quadrant, from the top. */
export const titlesIn = (page: Page, name: string): Promise<string[]> =>
  region(page, name)
    .getByRole("row")
    .evaluateAll((rows) => rows.map((element) => element.getAttribute("aria-label") ?? ""));

/** What the server has: titles by quadrant, from the top. */
export async function stored(api: Api, priority: keyof typeof PRIORITIES): Promise<string[]> {
  const query = new URLSearchParams({
    priority: PRIORITIES[priority],
    sorted: "true",
    completed: "false",
    sort_by: "position",
    sort_order: "asc",
  });
  const { body } = await api("GET", `/api/v1/tasks?${query}`);
  return body.data.tasks.map(({ title }) => title);
}
