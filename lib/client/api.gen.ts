// Printed from `openapi.json` by `npm run docs`.
import type { Call, CallOptions } from "./call";

export type AuthOperational = {
  status: "authentication system operational";
};

export type DatabaseConnected = {
  status: "database connected";
};

export type Healthy = {
  status: "healthy";
};

/** From most to least pressing */
export type Priority = "urgent_important" | "not_urgent_important" | "urgent_not_important" | "not_urgent_not_important";

/** A problem document of RFC 9457 */
export type Problem = {
  /** `urn:fourfold:problem:` and the code */
  type: string;
  /** The same for every problem with this code */
  title: string;
  /** The status of the response */
  status: number;
  /** What went wrong this time, for people */
  detail: string;
  /** What programs decide by; more may be added */
  code: "malformed" | "unauthenticated" | "forbidden" | "insufficient_scope" | "not_found" | "method_not_allowed" | "conflict" | "idempotency_in_progress" | "sync_token_expired" | "precondition_failed" | "too_large" | "unsupported_media_type" | "invalid" | "idempotency_key_reused" | "rate_limited" | "internal" | "unavailable";
  /** The same as `X-Request-Id` */
  request_id: string;
  success: false;
  /** One entry for each member that was refused */
  errors?: Array<{
    /** The member, parameter or header; a dot before each level */
    path: string;
    /** Why, for programs */
    code: string;
    /** Why, for people */
    message: string;
  }>;
  /** The object as it is now, with a 409 or 412 that is about one */
  current?: Record<string, unknown>;
};

export type Ready = {
  status: "ready";
};

export type Task = {
  id: string;
  user_id: string;
  title: string;
  description: string | null;
  due_datetime: string | null;
  /** Only the date counts: `due_datetime` is 00:00Z of it, in every zone */
  due_all_day: boolean;
  priority: Priority;
  /** Derived from `priority` */
  important: boolean;
  /** Derived from `priority` */
  urgent: boolean;
  /** Whether a person has chosen the priority yet */
  is_sorted: boolean;
  /** Order inside a quadrant, compared byte by byte */
  position: string;
  is_completed: boolean;
  completed_at: string | null;
  created_at: string;
  updated_at: string;
  /** When it went to the trash */
  deleted_at: string | null;
  /** Goes up by one with every write; the ETag */
  version: number;
};

export type TaskComplete = {
  completed: boolean;
  /** The version that may be written over, in place of `If-Match` */
  version?: number;
};

export type TaskCreate = {
  /** Your own, best a UUIDv7; absent: the server makes one */
  id?: string;
  /** 1 to 255 characters; spaces around it are removed */
  title: string;
  description?: string | null;
  due_datetime?: string | null;
  /** Only the date counts: `due_datetime` is 00:00Z of it, in every zone */
  due_all_day?: boolean;
  priority?: Priority;
  /** Absent: true when a priority is sent. false makes the priority not_urgent_not_important */
  is_sorted?: boolean;
  /** Order inside a quadrant: a fractional-index key, compared byte by byte */
  position?: string;
  is_completed?: boolean;
};

export type TaskPage = {
  tasks: Array<Task>;
  /** null with `count=false` and with a cursor */
  total_count: number | null;
  limit: number;
  offset: number;
  /** null: this is the last page */
  next_cursor: string | null;
};

/** A member that is absent keeps its value; null clears it */
export type TaskUpdate = {
  /** 1 to 255 characters; spaces around it are removed */
  title?: string;
  description?: string | null;
  due_datetime?: string | null;
  /** Only the date counts: `due_datetime` is 00:00Z of it, in every zone */
  due_all_day?: boolean;
  priority?: Priority;
  /** Absent: true when a priority is sent. false makes the priority not_urgent_not_important */
  is_sorted?: boolean;
  /** Order inside a quadrant: a fractional-index key, compared byte by byte */
  position?: string;
  is_completed?: boolean;
  /** The version that may be written over, in place of `If-Match` */
  version?: number;
};

export type TasksListQuery = {
  priority?: Priority;
  completed?: boolean;
  /** The same as `completed` */
  is_completed?: boolean;
  /** `false`: what nobody has given a priority yet */
  sorted?: boolean;
  /** Exclusive */
  due_before?: string;
  /** Inclusive */
  due_after?: string;
  /** Inclusive */
  updated_since?: string;
  /** Every word of two characters and more occurs in title or description, whatever its case and accents */
  q?: string;
  /** Ties are broken by the id */
  sort_by?: "created_at" | "updated_at" | "due_datetime" | "priority" | "title" | "position";
  sort_order?: "asc" | "desc";
  limit?: number;
  /** Not together with `cursor` */
  offset?: number;
  /** `next_cursor` of the page before */
  cursor?: string;
  /** `false` leaves `total_count` null, which is faster */
  count?: boolean;
};

/** A method for each endpoint. */
export const methods = (call: Call) => ({
  openapi: {
    /** Get this document */
    get: (options?: Pick<CallOptions<Record<string, unknown>>, "signal" | "known">) =>
      call<Record<string, unknown>>({ method: "GET", path: "/api/v1/openapi.json", isBare: true }, options),
  },
  tasks: {
    /** List tasks */
    list: (query: TasksListQuery = {}, options?: Pick<CallOptions<TaskPage>, "signal">) =>
      call<TaskPage>({ method: "GET", path: "/api/v1/tasks", query }, options),
    /** Create a task */
    create: (body: TaskCreate, options?: Pick<CallOptions<Task>, "signal" | "idempotencyKey">) =>
      call<Task>({ method: "POST", path: "/api/v1/tasks", body, isIdempotent: true }, options),
    /** Get a task */
    get: (id: string, options?: Pick<CallOptions<Task>, "signal" | "known">) =>
      call<Task>({ method: "GET", path: `/api/v1/tasks/${encodeURIComponent(id)}` }, options),
    /** Change a task, as clients of 2026-01 do */
    put: (id: string, body: TaskUpdate, options?: Pick<CallOptions<Task>, "signal" | "ifMatch">) =>
      call<Task>({ method: "PUT", path: `/api/v1/tasks/${encodeURIComponent(id)}`, body }, options),
    /** Change a task */
    update: (id: string, body: TaskUpdate, options?: Pick<CallOptions<Task>, "signal" | "ifMatch" | "idempotencyKey">) =>
      call<Task>({ method: "PATCH", path: `/api/v1/tasks/${encodeURIComponent(id)}`, body, isIdempotent: true }, options),
    /** Move a task to the trash */
    delete: (id: string, options?: Pick<CallOptions<null>, "signal" | "ifMatch">) =>
      call<null>({ method: "DELETE", path: `/api/v1/tasks/${encodeURIComponent(id)}` }, options),
    /** Complete a task, or open it again */
    complete: (id: string, body: TaskComplete, options?: Pick<CallOptions<Task>, "signal" | "ifMatch" | "idempotencyKey">) =>
      call<Task>({ method: "PATCH", path: `/api/v1/tasks/${encodeURIComponent(id)}/complete`, body, isIdempotent: true }, options),
  },
  health: {
    /** Whether the process answers */
    get: (options?: Pick<CallOptions<Healthy>, "signal">) =>
      call<Healthy>({ method: "GET", path: "/health", isBare: true }, options),
    /** Whether a token can be signed and verified */
    getAuth: (options?: Pick<CallOptions<AuthOperational>, "signal">) =>
      call<AuthOperational>({ method: "GET", path: "/health/auth", isBare: true }, options),
    /** Whether the database answers */
    getDb: (options?: Pick<CallOptions<DatabaseConnected>, "signal">) =>
      call<DatabaseConnected>({ method: "GET", path: "/health/db", isBare: true }, options),
    /** Whether a load balancer may send requests here */
    getReady: (options?: Pick<CallOptions<Ready>, "signal">) =>
      call<Ready>({ method: "GET", path: "/health/ready", isBare: true }, options),
  },
});
