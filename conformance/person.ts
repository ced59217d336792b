import { randomBytes, randomUUID } from "node:crypto";
import type { Change, SignedIn, SyncPage, Task, TaskPage } from "@/lib/client/api.gen";
import { type Answer, type Ask, type Call, expectStatus, send, type Wire } from "./client";
import { holds } from "./verdict";

export type Parameters = Record<string, string | number | boolean>;

export type Person = {
  email: string;
  password: string;
  userId: string;
  sessionId: string;
  isNew: boolean;
  signedIn: Answer;
  /** The ids of all tasks that were made. */
  made: Set<string>;
  ask: Ask;
  token(): Promise<string>;
  /** A task of the run; its title begins with the run's mark. */
  make(fields?: object): Promise<Task>;
  get(id: string): Promise<Task>;
  list(parameters: Parameters): Promise<TaskPage>;
  /** By cursor to the end; `between` is done after each page. */
  walk(parameters: Parameters, between?: () => Promise<unknown>): Promise<Task[]>;
  sync(parameters: Parameters, call?: Call): Promise<SyncPage>;
  /** All that has changed since, up to now. */
  since(token?: string, limit?: number): Promise<{ changes: Change[]; token: string }>;
  /** A token of this moment. */
  now(): Promise<string>;
};

/** Long before an access token expires, which it does after 5 minutes. */
const RENEW_AFTER_MS = 200_000;
const MOST_PAGES = 2_000;

export const word = () => `w${randomBytes(5).toString("hex")}`;
export const unknownId = () => randomUUID();

type Account = { email: string; password: string; isNew: boolean; signedIn: Answer };

export function createPerson(wire: Wire, mark: string, { signedIn, ...account }: Account): Person {
  const made = new Set<string>();
  const token = createTokens(wire, signedIn.body.data);
  const ask: Ask = async (expected, method, path, { headers, body } = {}) => {
    const authorization = `Bearer ${await token()}`;
    const answer = await send(wire, method, path, { body, headers: { authorization, ...headers } });
    if (method === "POST") for (const id of idsIn(answer)) made.add(id);
    return expectStatus(answer, expected);
  };
  const { user_id: userId, session_id: sessionId } = signedIn.body.data;
  const make = async (fields: { title?: string } = {}) => {
    const title = `${mark} ${fields.title ?? "task"}`;
    return (await ask(201, "POST", "/tasks", { body: { ...fields, title } })).body.data;
  };
  const get = async (id: string) => (await ask(200, "GET", `/tasks/${id}`)).body.data;
  const list = async (parameters: Parameters) => {
    const { body } = await ask(200, "GET", `/tasks?${inQuery(parameters)}`);
    holds(Array.isArray(body.data?.tasks), "GET /api/v1/tasks answers without data.tasks");
    return body.data;
  };
  const person = { ...account, signedIn, userId, sessionId, made, token, ask, make, get, list };
  return { ...person, walk: createWalk(list), ...createSync(ask) };
}

function createWalk(list: Person["list"]): Person["walk"] {
  return async (parameters, between) => {
    const found: Task[] = [];
    let page = await list(parameters);
    for (let pages = 1; ; pages += 1) {
      found.push(...page.tasks);
      if (page.next_cursor === null) return found;
      holds(pages < 40, `The ${pages}th page of a short list still has a next_cursor`);
      await between?.();
      page = await list({ ...parameters, cursor: page.next_cursor });
    }
  };
}

function createSync(ask: Ask): Pick<Person, "sync" | "since" | "now"> {
  let latest: string | undefined;
  const sync: Person["sync"] = async (parameters, call) => {
    const { data } = (await ask(200, "GET", `/sync?${inQuery(parameters)}`, call)).body;
    holds(Array.isArray(data?.changes), "GET /api/v1/sync answers without data.changes");
    return data;
  };
  const since: Person["since"] = async (token, limit = 500) => {
    const changes: Change[] = [];
    let asked = token;
    let page = await sync({ limit, ...(token !== undefined && { token }) });
    for (let pages = 1; ; pages += 1) {
      changes.push(...page.changes);
      if (!page.has_more) return { changes, token: page.next_token };
      holds(page.next_token !== asked, "has_more, and the token of the same place");
      holds(pages < MOST_PAGES, `The ${pages}th page of sync still says has_more`);
      asked = page.next_token;
      page = await sync({ limit, token: asked });
    }
  };
  const now = async () => {
    latest = (await since(latest)).token;
    return latest;
  };
  return { sync, since, now };
}

function createTokens(wire: Wire, { access_token, refresh_token }: SignedIn): () => Promise<string> {
  let pair = { access_token, refresh_token };
  let renewAt = Date.now() + RENEW_AFTER_MS;
  return async () => {
    if (Date.now() > renewAt) {
      const body = { refresh_token: pair.refresh_token };
      pair = expectStatus(await send(wire, "POST", "/auth/refresh", { body }), 200).body.data;
      renewAt = Date.now() + RENEW_AFTER_MS;
    }
    return pair.access_token;
  };
}

export const inQuery = (parameters: Parameters) =>
  new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)])).toString();

function idsIn({ status, body: { data } }: Answer): string[] {
  if (status === 201 && typeof data?.id === "string") return [data.id];
  if (!Array.isArray(data?.results)) return [];
  return data.results.flatMap((result) => (result.status === 201 && result.data ? [result.data.id] : []));
}
