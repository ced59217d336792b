import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { RouteFunction } from "@/lib/http/answer";
import { createApi } from "@/lib/http/api";
import type { RequestLine } from "@/lib/http/exchange";
import { createCounts, createRateLimit } from "@/lib/http/rate-limit";
import { createClientAddress } from "@/lib/http/trusted-address";
import { queryBoolean, queryInteger } from "@/lib/wire";
import type { Write } from "@/lib/write";

export const NOTE_ID = "01932f6e-0000-7000-8000-000000000001";
export const USER_ID = "01932f6e-0000-7000-8000-00000000000a";
export const ORIGIN = "https://app.example.org";

export const Note = z.object({
  id: z.uuid(),
  title: z.string(),
  due_at: z.iso.datetime().nullable(),
  version: z.int(),
});

export const NoteCreate = z.strictObject({
  title: z.string().min(1),
  due_at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  tags: z.array(z.strictObject({ name: z.string() })).optional(),
});

/** A row with more than the output lists. */
export const noteRow = (title = "Milk") => ({
  id: NOTE_ID,
  spaceId: USER_ID,
  title,
  dueAt: new Date("2026-05-01T10:00:00Z") as Date | null,
  version: 3,
  passwordHash: "sentinel-hash",
});

const SCOPES: Readonly<Record<string, readonly ("notes:read" | "notes:write")[]>> = {
  "Bearer writer": ["notes:read", "notes:write"],
  "Bearer reader": ["notes:read"],
};

export class DatabaseGone extends Error {}

/** The pipeline with surroundings of its own: nothing here is a stand-in for a part that lib/http contains. */
export function createTestApi(allowedOrigins: readonly string[] = [ORIGIN], perMinute = 1_000_000) {
  const logged: { line: RequestLine; failure?: unknown }[] = [];
  const api = createApi({
    authenticate: ({ headers }) => {
      const scopes = SCOPES[headers.get("authorization") ?? ""];
      if (!scopes) throw new AppError("unauthenticated", "sentinel-reason");
      return { userId: USER_ID, scopes };
    },
    limit: createRateLimit({
      perMinute,
      addressOf: createClientAddress({ trustedProxyHops: 1, isVercel: false, peerSecret: "sentinel-secret" }),
      counts: createCounts(),
    }),
    userContext: (actor, write: Write) => ({ actor, write }),
    publicContext: (write: Write) => ({ actor: null, write }),
    translate: (error) =>
      error instanceof DatabaseGone
        ? new AppError("unavailable", "sentinel-database", { retryAfterSeconds: 2 })
        : undefined,
    log: (line, failure) => logged.push({ line, failure }),
    allowedOrigins,
  });
  return { ...api, logged };
}

/** Routes of every kind over one note. */
export function notesOf({ route }: Pick<ReturnType<typeof createTestApi>, "route">) {
  const NoteParams = z.object({ id: z.uuid() });

  const create = route(
    {
      auth: "user",
      scope: "notes:write",
      summary: "Create a note",
      body: NoteCreate,
      output: Note,
      status: 201,
      location: "/api/v1/notes/{id}",
      conditional: true,
      errors: ["conflict"],
    },
    ({ body }) => {
      if (body.title === "taken") throw new AppError("conflict", "It exists.", { current: noteRow("Old") });
      return { ...noteRow(body.title), dueAt: body.dueAt ?? null };
    },
  );

  const list = route(
    {
      auth: "user",
      scope: "notes:read",
      summary: "List notes",
      query: z.strictObject({ limit: queryInteger(1, 100).prefault(50), is_done: queryBoolean().optional() }),
      output: z.object({ limit: z.int(), is_done: z.boolean().nullable() }),
    },
    ({ query }) => ({ limit: query.limit, isDone: query.isDone ?? null }),
  );

  const find = route(
    { auth: "user", summary: "Find a note", params: NoteParams, output: Note },
    ({ params }) => ({ ...noteRow(), id: params.id }),
  );

  const remove = route(
    { auth: "user", summary: "Delete a note", params: NoteParams, output: null, current: Note },
    ({ request }) => {
      if (request.headers.get("if-match") === '"1"')
        throw new AppError("precondition_failed", "It has changed.", { current: noteRow() });
    },
  );

  const health = route(
    {
      auth: "public",
      summary: "Health",
      output: z.object({ status: z.literal("healthy") }),
      bare: true,
      unlimited: true,
    },
    () => ({ status: "healthy" as const }),
  );

  return { create, list, find, remove, health };
}

type Sent = Omit<RequestInit, "headers"> & {
  headers?: Record<string, string>;
  params?: Record<string, string | string[]>;
  token?: string | null;
};

export function send(target: RouteFunction, path: string, sent: Sent = {}): Promise<Response> {
  const { params, token = "writer", headers, ...init } = sent;
  const all = new Headers(headers);
  if (token !== null) all.set("authorization", `Bearer ${token}`);
  const request = new Request(`https://api.example.org${path}`, { ...init, headers: all });
  return target(request, { params: Promise.resolve(params ?? {}) });
}

export function sendJson(target: RouteFunction, path: string, body: unknown, sent: Sent = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": "application/json", ...sent.headers };
  return send(target, path, { method: "POST", body: text, ...sent, headers });
}

/** A body that arrives in pieces, without a length. */
export function streamed(chunks: Iterable<Uint8Array>) {
  const iterator = chunks[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return { body, duplex: "half" };
}
