import type * as api from "@/lib/client/api.gen";
import { Failure, Skip } from "./verdict";

/** All that an answer may hold, for rules to look into; what is really there is what they check. */
export type Data = api.Task &
  api.TaskPage &
  api.SyncPage &
  api.BatchResults &
  api.QuickAdded &
  Omit<api.SignedIn, "name"> & { name: string | null } & Pick<api.Export, "trash" | "user" | "events"> & {
    sessions: api.Session[];
    accounts: api.Account[];
  };

export type Body = {
  success: boolean;
  data: Data;
  message: string;
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors: { path: string; code: string; message: string }[];
  current: api.Task;
};

export type Answer = { asked: string; status: number; headers: Headers; body: Body; text: string };

export type Call = { body?: unknown; headers?: Record<string, string> };

/** A status, or the code of a problem, which stands for its status too; undefined takes whatever comes. */
export type Expected = number | keyof typeof STATUSES | undefined;

export type Ask = (expected: Expected, method: string, path: string, call?: Call) => Promise<Answer>;

export const STATUSES = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  sync_token_expired: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  idempotency_key_reused: 422,
};

const PATIENCE_MS = 20_000;
const LONGEST_WAIT_SECONDS = 61;

/** Always the same: only the device that traded a token may do so again. */
const USER_AGENT = "fourfold-conformance";

export type Wire = {
  url: string;
  notice: (text: string) => void;
  /** Throws when nothing more is to be asked. */
  beforeCall: () => void;
  pause: (milliseconds: number) => Promise<void>;
  /** What has been asked and not answered yet: nothing is removed before it has arrived. */
  pending: Set<Promise<unknown>>;
};

/** Sends what it is told to. Where the instance asks for patience it waits and tries again, as every client has to. */
export async function send(
  wire: Wire,
  method: string,
  path: string,
  { body, headers }: Call,
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    wire.beforeCall();
    const asked = once(wire, method, path, { body, headers });
    wire.pending.add(asked);
    const answer = await asked.finally(() => wire.pending.delete(asked));
    if (answer.status !== 429 && !(answer.status === 503 && attempt < 2)) return answer;
    const seconds = Number(answer.headers.get("retry-after") ?? "nothing");
    if (!(seconds <= LONGEST_WAIT_SECONDS) || attempt > 2)
      throw new Skip(`the instance limits ${path}: try again in ${seconds} seconds`);
    wire.notice(`waiting ${seconds} s, as the instance asks for`);
    await wire.pause(seconds * 1000);
  }
}

async function once({ url }: Wire, method: string, path: string, { body, headers }: Call): Promise<Answer> {
  const target = /^\/(api|health)\b/.test(path) ? path : `/api/v1${path}`;
  const asked = `${method} ${target}`;
  const isRaw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
  const init: RequestInit & { duplex: "half" } = {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      "user-agent": USER_AGENT,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? null : isRaw ? (body as BodyInit) : JSON.stringify(body),
    duplex: "half",
  };
  try {
    const response = await fetch(url + target, init);
    const text = await response.text();
    const { status } = response;
    return { asked, status, headers: response.headers, body: parse(text), text };
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Failure(`${asked}: no answer (${cause instanceof Error ? cause.message : message})`);
  }
}

/** What is not JSON is an empty object: a rule that looks for something in it does not find it. */
function parse(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return (typeof value === "object" && value !== null ? value : {}) as Body;
  } catch {
    return {} as Body;
  }
}

export function expectStatus(answer: Answer, expected: Expected): Answer {
  if (expected === undefined) return answer;
  const { asked, status, body } = answer;
  const wanted = typeof expected === "number" ? expected : STATUSES[expected];
  const isRight = status === wanted && (typeof expected === "number" || body.code === expected);
  const said = body.code ? ` ${body.code} (${body.detail})` : "";
  if (isRight) return answer;
  const code = typeof expected === "number" ? "" : ` ${expected}`;
  throw new Failure(`${asked}: expected ${wanted}${code}, got ${status}${said}`);
}
