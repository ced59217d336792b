import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createPerson, type Person } from "../factories";
import { query } from "./database";

export type Question = {
  path?: string;
  token?: string;
  method?: string;
  body?: unknown;
  idempotencyKey?: string;
};

export type Answer = {
  /** 0: none came, or not all of it. */
  status: number;
  headers: Headers;
  text: string;
  beganAt: number;
  endedAt: number;
};

const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

export async function ask(
  url: string,
  { path = "/api/v1/tasks?limit=10", token, method = "GET", body, idempotencyKey }: Question = {},
): Promise<Answer> {
  const headers = new Headers();
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (body) headers.set("content-type", "application/json");
  if (idempotencyKey) headers.set("idempotency-key", idempotencyKey);
  const beganAt = performance.now();
  const said = await fetch(`${url}${path}`, {
    method,
    headers,
    body: body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
    .then(async (response) => ({
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }))
    .catch(() => ({ status: 0, headers: new Headers(), text: "" }));
  return { ...said, beganAt, endedAt: performance.now() };
}

export const durationMs = ({ beganAt, endedAt }: Answer) => endedAt - beganAt;

/** The slowest but the slowest twentieth, which a busy machine is to blame for. */
export function usualMs(answers: readonly Answer[]): number {
  const sorted = answers.map(durationMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.POSITIVE_INFINITY;
}

/** What tells a program that it may try again: a problem document that says when. */
export const isUnavailable = ({ status, headers, text }: Answer) =>
  status === 503 &&
  headers.get("content-type") === "application/problem+json" &&
  Number(headers.get("retry-after")) >= 1 &&
  JSON.parse(text).code === "unavailable";

export const createPeople = (databaseUrl: string, count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => createPerson(databaseUrl)));

/** Each of them again and again, side by side, until told to stop. */
export function repeat(works: readonly (() => Promise<unknown>)[]): () => Promise<void> {
  let isOver = false;
  const done = works.map(async (work) => {
    while (!isOver) await work();
  });
  return async () => {
    isOver = true;
    await Promise.all(done);
  };
}

export const createTask = ({ token }: Person, title: string, idempotencyKey?: string): Question => ({
  path: "/api/v1/tasks",
  method: "POST",
  token,
  body: { title },
  idempotencyKey,
});

export type Write = { person: Person; title: string; key: string };

/** Everybody makes one task after the other, and repeats what was not answered with 201 under the same key until it is. */
export function keepWriting(url: string, people: readonly Person[], pauseMs = 0) {
  const acknowledged: Write[] = [];
  const answers: Answer[] = [];
  let isOver = false;
  const write = async (person: Person) => {
    const [title, key] = [randomUUID(), randomUUID()];
    while (!isOver) {
      const answer = await ask(url, createTask(person, title, key));
      answers.push(answer);
      if (answer.status === 201) {
        acknowledged.push({ person, title, key });
        return sleep(pauseMs);
      }
      await sleep(PAUSE_MS);
    }
  };
  const finish = repeat(people.map((person) => () => write(person)));
  const stop = () => {
    isOver = true;
    return finish();
  };
  return { acknowledged, answers, stop };
}

/** Of what was written: what was acknowledged and is missing, and what is there, or in the log of changes, twice. */
export async function lossesOf(databaseUrl: string, acknowledged: readonly Write[]) {
  const rows = await query<{ title: string; times: number; creations: number }>(
    databaseUrl,
    `select title, count(*)::int as times, sum((
       select count(*) from changes c where c.space_id = t.space_id and c.entity_id = t.id and c.op = 'create'
     ))::int as creations from tasks t group by title`,
  );
  const stored = new Set(rows.map(({ title }) => title));
  return {
    missing: acknowledged.filter(({ title }) => !stored.has(title)).map(({ title }) => title),
    twice: rows.filter(({ times, creations }) => times !== 1 || creations !== 1),
  };
}
