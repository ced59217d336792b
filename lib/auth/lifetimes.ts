import type { SessionKind } from "@/lib/db/schema/sessions";

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export const ACCESS_TOKEN_SECONDS = 5 * 60;

/** Of the token for clients that cannot refresh: no session is revoked without being remembered for as long. */
export const LEGACY_TOKEN_SECONDS = DAY_SECONDS;

/** How long a device may stay away. */
export const IDLE_SECONDS: Readonly<Record<SessionKind, number>> = {
  web: 7 * DAY_SECONDS,
  api: 14 * DAY_SECONDS,
};

/** After this everybody signs in again, however busy they were. */
export const ABSOLUTE_SECONDS = 30 * DAY_SECONDS;

/** How long a credential that was just rotated still gets its successor: a page opens many requests at once. */
export const GRACE_SECONDS = 30;

/** How long ago somebody may have signed in to do what cannot be undone without a password. */
export const FRESH_SECONDS = 5 * 60;

export const MAX_SESSIONS = 20;
