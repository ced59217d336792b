import { ApiError, NetworkError } from "./api-error";
import { RETRY, type Retry, withRetries } from "./retry";

/** Asked before each attempt, and once more with `refresh` after a 401, which `refused` the token that was sent. */
export type TokenSource = (ask: {
  refresh: boolean;
  refused: string | null;
}) => string | null | Promise<string | null>;

export type ClientOptions = {
  /** `https://tasks.example.org`; empty for the page's own origin. */
  baseUrl: string;
  token?: TokenSource;
  fetch?: typeof globalThis.fetch;
  retry?: Partial<Retry>;
};

export type Result<T> = {
  data: T;
  status: number;
  etag: string | null;
  /** The change that was made, for undo; null when nothing changed. */
  changeId: string | null;
  /** Whether an earlier attempt had done the work already. */
  isReplay: boolean;
  requestId: string | null;
};

export type CallOptions<T> = {
  signal?: AbortSignal;
  /** An ETag, or the `version` of the object as it was seen. */
  ifMatch?: string | number;
  /** An earlier result: it is given back when it is still current. */
  known?: Result<T>;
  /** The client makes one itself; `false` sends none, and the request is then never repeated. */
  idempotencyKey?: string | false;
};

export type Operation = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  isBare?: boolean;
  isIdempotent?: boolean;
};

export type Call = <T>(operation: Operation, options?: CallOptions<T>) => Promise<Result<T>>;

type Request = { url: string; init: RequestInit; headers: Record<string, string> };

export function createCall({ baseUrl, token, fetch = globalThis.fetch, retry }: ClientOptions): Call {
  const limits = { ...RETRY, ...retry };

  async function send({ url, init, headers }: Request, bearer: string | null) {
    try {
      const all = bearer === null ? headers : { ...headers, authorization: `Bearer ${bearer}` };
      const response = await fetch(url, { ...init, headers: all });
      return { response, text: await response.text() };
    } catch (cause) {
      if (init.signal?.aborted) throw init.signal.reason;
      throw new NetworkError("No complete answer arrived.", { cause });
    }
  }

  return async (operation, options = {}) => {
    const request = requestOf(baseUrl, operation, options);
    const attempt = async () => {
      const bearer = (await token?.({ refresh: false, refused: null })) ?? null;
      const answer = await send(request, bearer);
      if (answer.response.status !== 401) return read(operation, options, answer);
      const fresh = (await token?.({ refresh: true, refused: bearer })) ?? null;
      return read(operation, options, fresh === null ? answer : await send(request, fresh));
    };
    // What was repeated blindly could be done twice; a DELETE would not, but its 404 could then mean either.
    const isRepeatable = operation.method === "GET" || "idempotency-key" in request.headers;
    return withRetries(attempt, isRepeatable ? limits : { ...limits, attempts: 1 }, options.signal);
  };
}

function requestOf<T>(baseUrl: string, operation: Operation, options: CallOptions<T>): Request {
  const { method, path, query = {}, body, isIdempotent } = operation;
  const { signal, ifMatch, known, idempotencyKey } = options;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = typeof ifMatch === "number" ? `"${ifMatch}"` : ifMatch;
  if (known?.etag) headers["if-none-match"] = known.etag;
  if (isIdempotent && idempotencyKey !== false) headers["idempotency-key"] = idempotencyKey ?? makeKey();
  const init: RequestInit = { method, credentials: "omit" };
  if (signal) init.signal = signal;
  if (body !== undefined) init.body = JSON.stringify(body);
  return { url: `${baseUrl.replace(/\/$/, "")}${path}${search.size > 0 ? `?${search}` : ""}`, init, headers };
}

/** `crypto.randomUUID` is not there on pages without TLS. */
const makeKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

function read<T>(
  { isBare }: Operation,
  { known }: CallOptions<T>,
  { response, text }: { response: Response; text: string },
): Result<T> {
  const { status, headers } = response;
  const result = {
    status,
    etag: headers.get("etag"),
    changeId: headers.get("x-change-id"),
    isReplay: headers.get("idempotent-replayed") === "true",
    requestId: headers.get("x-request-id"),
  };
  if (status === 304 && known) return { ...result, data: known.data };
  const isEmpty = status === 202 || status === 204;
  const content = isEmpty ? { data: null } : parse(text);
  if (!response.ok || content === undefined) throw refusal(response, content);
  return { ...result, data: isBare ? content : content.data };
}

function parse(text: string) {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function refusal({ ok, status, headers }: Response, problem: object | undefined): ApiError {
  const isOurs = !ok && headers.get("content-type")?.startsWith("application/problem+json");
  const requestId = headers.get("x-request-id");
  const retryAfterSeconds = secondsOf(headers.get("retry-after"));
  return new ApiError(status, {
    ...(requestId !== null && { request_id: requestId }),
    ...(isOurs && problem),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** A number of seconds, or, from a proxy, a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
