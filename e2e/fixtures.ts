import { randomBytes } from "node:crypto";
import { test as base, expect } from "playwright/test";
import type { z } from "zod";
import type { AccountList, EventPage, SessionList, SignedIn } from "@/lib/auth/schemas";
import type { BatchResults } from "@/lib/batch/schemas";
import type { QuickAdded } from "@/lib/quick-add/schemas";
import type { Scope } from "@/lib/scopes";
import type { SyncPage } from "@/lib/sync/schemas";
import type { Task, TaskPage } from "@/lib/tasks/schemas";
import { createPerson, type Person } from "./factories";
import { createDatabase } from "./support/database";
import { type Mailbox, openMailbox } from "./support/mailbox";
import { listenTo } from "./support/quiet";
import { type Dispatch, type Driver, type Server, startServer } from "./support/server";

export { expect } from "playwright/test";

export type ServerOptions = { driver: Driver; dispatch: Dispatch };

/** All that a body may hold, for tests to look into; what is really there is what they check. */
export type Body = {
  success: boolean;
  data: z.output<typeof Task> &
    z.output<typeof TaskPage> &
    z.output<typeof SyncPage> &
    z.output<typeof BatchResults> &
    z.output<typeof QuickAdded> &
    z.output<typeof SignedIn> &
    z.output<typeof SessionList> &
    z.output<typeof AccountList> &
    z.output<typeof EventPage>;
  current: z.output<typeof Task>;
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  message: string;
  errors: { path: string; code: string; message: string }[];
};

export type Answer = { status: number; headers: Headers; body: Body };

export type Call = { body?: unknown; headers?: Record<string, string> };

export type Api = (method: string, path: string, call?: Call) => Promise<Answer>;

export type User = Person & { api: Api };

type TestFixtures = {
  /** What the pages of a test may complain about; a broken security policy and an error that nobody caught never. */
  tolerated: RegExp[];
  /** Without a token. */
  api: Api;
  /** Somebody new, for this test alone. */
  user: User;
  newUser: (scopes?: readonly Scope[]) => Promise<User>;
};

/** Every worker has a server of its own on a database of its own; every test in it has users of its own. */
export const test = base.extend<TestFixtures, ServerOptions & { server: Server; mailbox: Mailbox }>({
  driver: ["pg", { option: true, scope: "worker" }],
  dispatch: ["direct", { option: true, scope: "worker" }],

  mailbox: [
    async ({ driver: _ }, use) => {
      const mailbox = await openMailbox();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: "worker" },
  ],

  server: [
    async ({ driver, dispatch, mailbox }, use) => {
      const database = await createDatabase();
      const environment = { SMTP_URL: mailbox.url };
      const server = await startServer({ databaseUrl: database.url, driver, dispatch, environment });
      await use(server);
      await server.stop();
      await database.drop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  // Many tests provoke answers that the browser notes as failed.
  tolerated: [[/^Failed to load resource/], { option: true }],

  context: async ({ context, tolerated }, use) => {
    const complaints = listenTo(context);
    await use(context);
    expect(complaints.filter((text) => !tolerated.some((pattern) => pattern.test(text)))).toEqual([]);
  },

  api: async ({ server }, use) => use(apiOf(server)),

  user: async ({ newUser }, use) => use(await newUser()),

  newUser: async ({ server }, use) => {
    await use(async (scopes) => {
      const person = await createPerson(server.databaseUrl, scopes);
      return { ...person, api: apiOf(server, { token: person.token }) };
    });
  },
});

/** Of a network that nobody else speaks from. */
export const anAddress = () => [10, ...randomBytes(3)].join(".");

/** A client, which has an address of its own unless it is given one. */
export function apiOf(
  { url }: Pick<Server, "url">,
  { token, address = anAddress() }: { token?: string; address?: string } = {},
): Api {
  return async (method, path, { body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: {
        "x-forwarded-for": address,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body:
        body === undefined || typeof body === "string" ? (body as string | undefined) : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    };
  };
}
