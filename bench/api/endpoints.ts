import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Asker } from "../load/closed-loop";
import type { Message, Reply } from "../load/connection";

export const ENDPOINTS = [
  "get_one",
  "list",
  "deep_page",
  "create",
  "patch",
  "complete",
  "refresh",
  "sync",
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

/** Somebody who is signed in, and what they know of their tasks. */
export type Person = {
  spaceId: string;
  token: string;
  refreshToken: string;
  taskIds: string[];
  syncToken: string;
  /** How often they have asked: what they ask for next follows from it, on whichever server. */
  turn: number;
};

/** The owner of many tasks, and the cursor of a page in their middle. */
export type Owner = { spaceId: string; token: string; cursor: string };

const LIST = "/api/v1/tasks?limit=50&count=false";

const Granted = z.object({ data: z.object({ refresh_token: z.string() }) });

type Around = { person: Person; owner: Owner };

const taskOf = ({ person: { taskIds, turn } }: Around) => `/api/v1/tasks/${taskIds[turn % taskIds.length]}`;

/** What somebody asks for when it is their turn. */
const ASKS: Record<Endpoint, (around: Around) => Message> = {
  get_one: (around) => ({ method: "GET", path: taskOf(around) }),
  list: () => ({ method: "GET", path: LIST }),
  deep_page: ({ owner: { cursor, token } }) => ({ method: "GET", path: `${LIST}&cursor=${cursor}`, token }),
  create: ({ person }) => ({
    method: "POST",
    path: "/api/v1/tasks",
    body: { id: randomUUID(), title: `Call the plumber about number ${person.turn}` },
  }),
  patch: (around) => ({
    method: "PATCH",
    path: taskOf(around),
    body: { title: `Write to the plumber about ${randomUUID()}` },
  }),
  complete: (around) => ({
    method: "PATCH",
    path: `${taskOf(around)}/complete`,
    body: { completed: Math.floor(around.person.turn / around.person.taskIds.length) % 2 === 0 },
  }),
  refresh: ({ person }) => ({
    method: "POST",
    path: "/api/v1/auth/refresh",
    body: { refresh_token: person.refreshToken },
  }),
  sync: ({ person }) => ({ method: "GET", path: `/api/v1/sync?token=${person.syncToken}` }),
};

export function askerFor(endpoint: Endpoint, person: Person, owner: Owner): Asker {
  const ask = () => {
    person.turn += 1;
    return { token: person.token, ...ASKS[endpoint]({ person, owner }) };
  };
  if (endpoint !== "refresh") return { ask };
  const hear = ({ body }: Reply) => {
    person.refreshToken = Granted.parse(JSON.parse(body)).data.refresh_token;
  };
  return { ask, hear };
}
