// Printed from `openapi.json` by `npm run docs`.
import type { Call, CallOptions } from "./call";

export type Account = {
  provider: string;
  created_at: string;
};

export type AuthOperational = {
  status: "authentication system operational";
};

export type Batch = {
  /** All or nothing */
  atomic?: boolean;
  operations: Array<BatchOperation>;
};

export type BatchOperation = {
  op: "create" | "update" | "complete" | "delete" | "restore";
  /** Of the task; of a new one it may stand here or in the body */
  id?: string;
  /** What the single endpoint takes: for create, update and complete */
  body?: Record<string, unknown>;
  /** The version that may be written over, in place of `If-Match` */
  if_match?: number;
};

export type BatchResults = {
  results: Array<{
    status: number;
    data?: Task;
    /** A problem document */
    problem?: Record<string, unknown>;
  }>;
};

export type Change = {
  /** Goes up by one with every change; null in a full sync */
  seq: number | null;
  entity: "task";
  entity_id: string;
  op: "upsert" | "delete";
  version: number;
  at: string;
  /** As it is now; null when it is gone by now, to the trash or for good */
  object: Task | null;
};

export type DatabaseConnected = {
  status: "database connected";
};

export type EmailChange = {
  email: string;
  password?: string;
};

export type EmailVerify = {
  /** From the link that was mailed */
  token: string;
};

export type Export = {
  exported_at: string;
  user: {
    user_id: string;
    email: string;
    email_verified_at: string | null;
    name: string | null;
    is_active: boolean;
    preferences: Preferences;
    created_at: string;
    updated_at: string;
  };
  accounts: Array<Account>;
  sessions: Array<{
    id: string;
    kind: "web" | "api";
    /** `password`, or the provider that vouched */
    method: string;
    /** As its User-Agent tells */
    device: string | null;
    /** Its network */
    address_prefix: string | null;
    created_at: string;
    last_seen_at: string;
    /** When it ends unless it is used before */
    idle_expires_at: string;
    /** When it ends in any case */
    absolute_expires_at: string;
  }>;
  tasks: Array<Task>;
  trash: Array<Task>;
  changes: Array<LoggedChange>;
  events: Array<SecurityEvent>;
};

export type Grant = {
  /** For `Authorization: Bearer …`, for 5 minutes */
  access_token: string;
  /** Seconds until the access token expires */
  expires_in: number;
  token_type: "Bearer";
  /** Trades for the next pair at `/api/v1/auth/refresh` */
  refresh_token: string;
  session_id: string;
};

export type Healthy = {
  status: "healthy";
};

export type LoggedChange = {
  seq: number;
  /** `X-Change-Id` */
  group_id: string;
  entity: string;
  entity_id: string;
  op: "create" | "update" | "complete" | "delete" | "restore" | "undo" | "purge";
  version: number;
  at: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
};

export type PasswordChange = {
  current_password?: string;
  /** Any characters, spaces too; it is kept exactly as sent */
  new_password: string;
};

export type PasswordForgot = {
  email: string;
};

export type PasswordReset = {
  /** From the link that was mailed */
  token: string;
  /** Any characters, spaces too; it is kept exactly as sent */
  password: string;
};

export type Preferences = {
  time_zone: string | null;
  week_start: "monday" | "saturday" | "sunday";
  date_format: "locale" | "iso";
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
  /** Whether single keys do things */
  shortcuts: boolean;
  /** Whether hints for beginners are shown */
  tips: boolean;
  quadrant_names: {
    do: string;
    schedule: string;
    delegate: string;
    drop: string;
  };
};

export type PreferencesChange = {
  time_zone?: string | null;
  week_start?: "monday" | "saturday" | "sunday" | null;
  date_format?: "locale" | "iso" | null;
  theme?: "system" | "light" | "dark" | null;
  density?: "comfortable" | "compact" | null;
  shortcuts?: boolean | null;
  tips?: boolean | null;
  quadrant_names?: {
    do?: string;
    schedule?: string;
    delegate?: string;
    drop?: string;
  } | null;
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

export type Profile = {
  user_id: string;
  email: string;
  email_verified_at: string | null;
  name: string | null;
  is_active: boolean;
  preferences: Preferences;
  has_password: boolean;
  created_at: string;
  updated_at: string;
};

export type ProfileChange = {
  name?: string | null;
  preferences?: PreferencesChange;
};

export type ProfileDelete = {
  password?: string;
};

export type QuickAdd = {
  /** A line as one would type it */
  text: string;
  /** Of the task, as when one is created */
  id?: string;
  /** Absent: that of the account's preferences, or else UTC */
  time_zone?: string;
  /** 15/4 is 15 April in all but en-US; in other languages than English only markers and ISO dates are understood */
  locale?: string;
  /** Only understand the line, and make no task */
  dry_run?: boolean;
};

export type QuickAddToken = {
  kind: "quadrant" | "due";
  /** Offset in `text` as it was sent, in UTF-16 code units */
  start: number;
  /** Exclusive */
  end: number;
  text: string;
  /** What it was understood as, in words */
  label: string;
  /** A moment that was said outright and is over */
  is_past: boolean;
};

export type QuickAdded = {
  parse: {
    title: string;
    /** null: not sorted */
    priority: Priority | null;
    is_sorted: boolean;
    due_datetime: string | null;
    due_all_day: boolean;
    /** What was taken out of the text, in order */
    tokens: Array<QuickAddToken>;
    /** What may have been meant as a due date, and was left in the title */
    suggestions: Array<QuickAddToken>;
  };
  /** null after a dry run */
  task: Task | null;
};

export type Ready = {
  status: "ready";
};

export type Refresh = {
  refresh_token: string;
};

export type SecurityEvent = {
  id: string;
  kind: "sign_up" | "sign_in" | "sign_in_failed" | "sign_out" | "session_ended" | "refresh_reuse" | "password_changed" | "password_reset_requested" | "password_reset" | "email_change_requested" | "email_changed" | "email_verified" | "account_linked" | "account_unlinked" | "user_disabled" | "user_enabled" | "user_deleted";
  at: string;
  session_id: string | null;
  /** As its User-Agent tells */
  device: string | null;
  /** Its network */
  address_prefix: string | null;
  detail: Record<string, string | number | boolean | null>;
};

export type Session = {
  id: string;
  kind: "web" | "api";
  /** `password`, or the provider that vouched */
  method: string;
  /** As its User-Agent tells */
  device: string | null;
  /** Its network */
  address_prefix: string | null;
  is_current: boolean;
  created_at: string;
  last_seen_at: string;
  /** When it ends unless it is used before */
  idle_expires_at: string;
  /** When it ends in any case */
  absolute_expires_at: string;
};

export type SignIn = {
  email: string;
  password: string;
};

export type SignOut = {
  scope?: "current" | "others" | "all";
};

export type SignUp = {
  email: string;
  /** Any characters, spaces too; it is kept exactly as sent */
  password: string;
  name?: string | null;
};

export type SignedIn = {
  user_id: string;
  email: string;
  email_verified_at: string | null;
  name: string | null;
  is_active: boolean;
  preferences: Preferences;
  has_password: boolean;
  created_at: string;
  updated_at: string;
  /** For `Authorization: Bearer …`, for 5 minutes */
  access_token: string;
  /** Seconds until the access token expires */
  expires_in: number;
  token_type: "Bearer";
  /** Trades for the next pair at `/api/v1/auth/refresh` */
  refresh_token: string;
  session_id: string;
  /** An access token of 24 hours, for clients that cannot refresh */
  token?: string;
};

export type SignedOut = {
  success: true;
  message: string;
};

export type SyncPage = {
  changes: Array<Change>;
  next_token: string;
  /** Ask again at once, with `next_token` */
  has_more: boolean;
  /** Part of a full sync: what it does not bring up to its end is gone */
  full: boolean;
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

export type TrashPage = {
  tasks: Array<Task>;
  /** null: this is the last page */
  next_cursor: string | null;
};

export type Undone = {
  /** As they are now, those in the trash too */
  tasks: Array<Task>;
};

export type AuthGetEventsQuery = {
  limit?: number;
  /** `next_cursor` of the page before */
  cursor?: string;
};

export type SyncListQuery = {
  /** `next_token` of the answer before; none: everything */
  token?: string;
  limit?: number;
  /** Seconds that the answer may be held back while there is nothing new */
  wait?: number;
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

export type TrashListQuery = {
  limit?: number;
  /** `next_cursor` of the page before */
  cursor?: string;
};

/** A method for each endpoint. */
export const methods = (call: Call) => ({
  auth: {
    /** List my linked accounts */
    getAccounts: (options?: Pick<CallOptions<{
      accounts: Array<Account>;
    }>, "signal">) =>
      call<{
      accounts: Array<Account>;
    }>({ method: "GET", path: "/api/v1/auth/accounts" }, options),
    /** Unlink an account */
    deleteAccounts: (provider: string, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "DELETE", path: `/api/v1/auth/accounts/${encodeURIComponent(provider)}` }, options),
    /** Change my e-mail address */
    email: (body: EmailChange, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "POST", path: "/api/v1/auth/email", body }, options),
    /** Verify an e-mail address by a mailed link */
    emailVerify: (body: EmailVerify, options?: Pick<CallOptions<{
      email: string;
    }>, "signal">) =>
      call<{
      email: string;
    }>({ method: "POST", path: "/api/v1/auth/email/verify", body }, options),
    /** List what happened to my account */
    getEvents: (query: AuthGetEventsQuery = {}, options?: Pick<CallOptions<{
      events: Array<SecurityEvent>;
      next_cursor: string | null;
    }>, "signal">) =>
      call<{
      events: Array<SecurityEvent>;
      next_cursor: string | null;
    }>({ method: "GET", path: "/api/v1/auth/events", query }, options),
    /** Who I am */
    getMe: (options?: Pick<CallOptions<Profile>, "signal">) =>
      call<Profile>({ method: "GET", path: "/api/v1/auth/me" }, options),
    /** Change my profile */
    me: (body: ProfileChange, options?: Pick<CallOptions<Profile>, "signal">) =>
      call<Profile>({ method: "PATCH", path: "/api/v1/auth/me", body }, options),
    /** Delete my account */
    deleteMe: (body: ProfileDelete, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "DELETE", path: "/api/v1/auth/me", body }, options),
    /** Change my password */
    password: (body: PasswordChange, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "POST", path: "/api/v1/auth/password", body }, options),
    /** Ask for a link to reset the password */
    passwordForgot: (body: PasswordForgot, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "POST", path: "/api/v1/auth/password/forgot", body }, options),
    /** Set a password by a mailed link */
    passwordReset: (body: PasswordReset, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "POST", path: "/api/v1/auth/password/reset", body }, options),
    /** Trade a refresh token for the next */
    refresh: (body: Refresh, options?: Pick<CallOptions<Grant>, "signal">) =>
      call<Grant>({ method: "POST", path: "/api/v1/auth/refresh", body }, options),
    /** List my devices */
    getSessions: (options?: Pick<CallOptions<{
      sessions: Array<Session>;
    }>, "signal">) =>
      call<{
      sessions: Array<Session>;
    }>({ method: "GET", path: "/api/v1/auth/sessions" }, options),
    /** Sign a device out */
    deleteSessions: (id: string, options?: Pick<CallOptions<null>, "signal">) =>
      call<null>({ method: "DELETE", path: `/api/v1/auth/sessions/${encodeURIComponent(id)}` }, options),
    /** Sign in */
    signin: (body: SignIn, options?: Pick<CallOptions<SignedIn>, "signal">) =>
      call<SignedIn>({ method: "POST", path: "/api/v1/auth/signin", body }, options),
    /** Sign out */
    signout: (body: SignOut, options?: Pick<CallOptions<SignedOut>, "signal">) =>
      call<SignedOut>({ method: "POST", path: "/api/v1/auth/signout", body, isBare: true }, options),
    /** Create an account */
    signup: (body: SignUp, options?: Pick<CallOptions<SignedIn>, "signal">) =>
      call<SignedIn>({ method: "POST", path: "/api/v1/auth/signup", body }, options),
  },
  batch: {
    /** Do several things in one request */
    create: (body: Batch, options?: Pick<CallOptions<BatchResults>, "signal" | "idempotencyKey">) =>
      call<BatchResults>({ method: "POST", path: "/api/v1/batch", body, isIdempotent: true }, options),
  },
  changes: {
    /** Undo a change */
    undo: (id: string, options?: Pick<CallOptions<Undone>, "signal" | "idempotencyKey">) =>
      call<Undone>({ method: "POST", path: `/api/v1/changes/${encodeURIComponent(id)}/undo`, isIdempotent: true }, options),
  },
  export: {
    /** Take everything along */
    get: (options?: Pick<CallOptions<Export>, "signal">) =>
      call<Export>({ method: "GET", path: "/api/v1/export" }, options),
  },
  openapi: {
    /** Get this document */
    get: (options?: Pick<CallOptions<Record<string, unknown>>, "signal" | "known">) =>
      call<Record<string, unknown>>({ method: "GET", path: "/api/v1/openapi.json", isBare: true }, options),
  },
  sync: {
    /** What has changed */
    list: (query: SyncListQuery = {}, options?: Pick<CallOptions<SyncPage>, "signal">) =>
      call<SyncPage>({ method: "GET", path: "/api/v1/sync", query }, options),
  },
  tasks: {
    /** List tasks */
    list: (query: TasksListQuery = {}, options?: Pick<CallOptions<TaskPage>, "signal">) =>
      call<TaskPage>({ method: "GET", path: "/api/v1/tasks", query }, options),
    /** Create a task */
    create: (body: TaskCreate, options?: Pick<CallOptions<Task>, "signal" | "idempotencyKey">) =>
      call<Task>({ method: "POST", path: "/api/v1/tasks", body, isIdempotent: true }, options),
    /** Create a task from a line of text */
    quick: (body: QuickAdd, options?: Pick<CallOptions<QuickAdded>, "signal" | "idempotencyKey">) =>
      call<QuickAdded>({ method: "POST", path: "/api/v1/tasks/quick", body, isIdempotent: true }, options),
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
    /** Restore a task from the trash */
    restore: (id: string, options?: Pick<CallOptions<Task>, "signal" | "ifMatch" | "idempotencyKey">) =>
      call<Task>({ method: "POST", path: `/api/v1/tasks/${encodeURIComponent(id)}/restore`, isIdempotent: true }, options),
  },
  trash: {
    /** List the trash */
    list: (query: TrashListQuery = {}, options?: Pick<CallOptions<TrashPage>, "signal">) =>
      call<TrashPage>({ method: "GET", path: "/api/v1/trash", query }, options),
    /** Delete a task for good */
    delete: (id: string, options?: Pick<CallOptions<null>, "signal" | "ifMatch">) =>
      call<null>({ method: "DELETE", path: `/api/v1/trash/${encodeURIComponent(id)}` }, options),
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
