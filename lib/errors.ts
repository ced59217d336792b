export const ERROR_CODES = [
  "malformed",
  "unauthenticated",
  "forbidden",
  "insufficient_scope",
  "not_found",
  "method_not_allowed",
  "conflict",
  "idempotency_in_progress",
  "sync_token_expired",
  "precondition_failed",
  "too_large",
  "unsupported_media_type",
  "invalid",
  "idempotency_key_reused",
  "rate_limited",
  "internal",
  "unavailable",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export type Issue = { path: string; code: string; message: string };

export type ErrorExtras = {
  /** One entry per member that was refused. */
  errors?: Issue[];
  /** The object as it is now, for a conflict or a failed precondition. */
  current?: unknown;
  retryAfterSeconds?: number;
  /** The limit that was reached, where there is one beside the general. */
  rateLimit?: { policy: string; quota: number; windowSeconds: number };
  /** The methods that a path has, for `method_not_allowed`. */
  allow?: readonly string[];
  /** The scope that is missing, for `insufficient_scope`. */
  scope?: string;
  cause?: unknown;
};

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly extras: Omit<ErrorExtras, "cause">;

  constructor(code: ErrorCode, detail: string, { cause, ...extras }: ErrorExtras = {}) {
    super(detail, { cause });
    this.code = code;
    this.extras = extras;
  }
}
