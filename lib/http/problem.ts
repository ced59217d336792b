import type { AppError, ErrorCode } from "@/lib/errors";
import type { Answer } from "@/lib/http/answer";
import type { HeaderRecord } from "@/lib/http/headers";

type Kind = {
  status: number;
  title: string;
  /** Said instead of the error's own detail, where the reason is nobody's business. */
  detail?: string;
  retryAfterSeconds?: number;
};

export const PROBLEMS: Readonly<Record<ErrorCode, Kind>> = {
  malformed: { status: 400, title: "Malformed request" },
  unauthenticated: {
    status: 401,
    title: "Not authenticated",
    detail: "The credentials are missing, wrong or expired.",
  },
  forbidden: { status: 403, title: "Forbidden" },
  insufficient_scope: { status: 403, title: "Insufficient scope" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Conflict" },
  idempotency_in_progress: { status: 409, title: "Request in progress", retryAfterSeconds: 1 },
  sync_token_expired: { status: 410, title: "Sync token expired" },
  precondition_failed: { status: 412, title: "Precondition failed" },
  too_large: { status: 413, title: "Body too large" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  invalid: { status: 422, title: "Invalid request" },
  idempotency_key_reused: { status: 422, title: "Idempotency key reused" },
  rate_limited: { status: 429, title: "Too many requests", retryAfterSeconds: 1 },
  internal: {
    status: 500,
    title: "Internal error",
    detail: "Something went wrong here. Name the request id when you report it.",
  },
  unavailable: {
    status: 503,
    title: "Unavailable",
    detail: "The service cannot answer at the moment. Try again.",
    retryAfterSeconds: 1,
  },
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  request_id: string;
  success: false;
  errors?: AppError["extras"]["errors"];
  current?: unknown;
};

/** Also the form in which a batch reports one of its operations. */
export function problemOf({ code, message, extras }: AppError, requestId: string): Problem {
  const { status, title, detail } = PROBLEMS[code];
  const problem: Problem = {
    type: `urn:fourfold:problem:${code}`,
    title,
    status,
    detail: detail ?? message,
    code,
    request_id: requestId,
    success: false,
  };
  if (detail === undefined && extras.errors) problem.errors = extras.errors;
  if (detail === undefined && extras.current !== undefined) problem.current = extras.current;
  return problem;
}

export function problemAnswer(error: AppError, requestId: string, headers: HeaderRecord): Answer {
  const { status, retryAfterSeconds } = PROBLEMS[error.code];
  const { allow, scope, rateLimit, retryAfterSeconds: asked = retryAfterSeconds } = error.extras;
  headers["content-type"] = "application/problem+json";
  if (status === 401) headers["www-authenticate"] = "Bearer";
  if (scope !== undefined)
    headers["www-authenticate"] = `Bearer error="insufficient_scope", scope="${scope}"`;
  if (allow) headers.allow = allow.join(", ");
  const seconds = asked === undefined ? undefined : Math.max(1, Math.ceil(asked));
  if (seconds !== undefined) headers["retry-after"] = String(seconds);
  if (rateLimit) {
    const { policy, quota, windowSeconds } = rateLimit;
    append(headers, "ratelimit-policy", `"${policy}";q=${quota};w=${windowSeconds}`);
    append(headers, "ratelimit", `"${policy}";r=0;t=${seconds ?? windowSeconds}`);
  }
  return { status, headers, body: JSON.stringify(problemOf(error, requestId)) };
}

function append(headers: HeaderRecord, name: string, item: string): void {
  headers[name] = headers[name] === undefined ? item : `${headers[name]}, ${item}`;
}
