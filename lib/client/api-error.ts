import type { Problem } from "./api.gen";

type Told = Partial<Problem> & { retryAfterSeconds?: number };

/** The server answered, and not with what was asked for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** `unreadable`: the answer is not one of this API, but of something on the way to it, perhaps. */
  readonly code: Problem["code"] | "unreadable";
  readonly detail: string;
  /** One entry for each member that was refused. */
  readonly errors: NonNullable<Problem["errors"]>;
  /** The object as it is now, for a conflict or a failed precondition. */
  readonly current: unknown;
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;

  constructor(status: number, { code, detail, errors, current, retryAfterSeconds, request_id }: Told) {
    super(`${status} ${code ?? "unreadable"}: ${detail ?? "The answer cannot be read."}`);
    this.status = status;
    this.code = code ?? "unreadable";
    this.detail = detail ?? "The answer cannot be read.";
    this.errors = errors ?? [];
    this.current = current;
    this.retryAfterSeconds = retryAfterSeconds;
    this.requestId = request_id;
  }
}

/** No complete answer arrived. Whether the request was carried out is unknown. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}
