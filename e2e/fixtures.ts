import { test as base } from "playwright/test";
import type { z } from "zod";
import type { BatchResults } from "@/lib/batch/schemas";
import type { Scope } from "@/lib/scopes";
import type { SyncPage } from "@/lib/sync/schemas";
import type { Task, TaskPage } from "@/lib/tasks/schemas";
import { createPerson, type Person } from "./factories";
import { createDatabase } from "./support/database";
import { type Driver, type Server, startServer } from "./support/server";

export { expect } from "playwright/test";

export type ServerOptions = { driver: Driver };

/** All that a body may hold, for tests to look into; what is really there is what they check. */
export type Body = {
  success: boolean;
  data: z.output<typeof Task> &
    z.output<typeof TaskPage> &
    z.output<typeof SyncPage> &
    z.output<typeof BatchResults>;
  current: z.output<typeof Task>;
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors: { path: string; code: string; message: string }[];
};

export type Answer = { status: number; headers: Headers; body: Body };

export type Call = { body?: unknown; headers?: Record<string, string> };

export type Api = (method: string, path: string, call?: Call) => Promise<Answer>;

export type User = Person & { api: Api };

type TestFixtures = {
  /** Without a token. */
  api: Api;
  /** Somebody new, for this test alone. */
  user: User;
  newUser: (scopes?: readonly Scope[]) => Promise<User>;
};

/** Every worker has a server of its own on a database of its own; every test in it has users of its own. */
export const test = base.extend<TestFixtures, ServerOptions & { server: Server }>({
  driver: ["pg", { option: true, scope: "worker" }],

  server: [
    async ({ driver }, use) => {
      const database = await createDatabase();
      const server = await startServer({ databaseUrl: database.url, driver });
      await use(server);
      await server.stop();
      await database.drop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  api: async ({ server }, use) => use(apiOf(server)),

  user: async ({ newUser }, use) => use(await newUser()),

  newUser: async ({ server }, use) => {
    await use(async (scopes) => {
      const person = await createPerson(server.databaseUrl, scopes);
      return { ...person, api: apiOf(server, person.token) };
    });
  },
});

function apiOf({ url }: Server, token?: string): Api {
  return async (method, path, { body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: {
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
