import { expect } from "playwright/test";

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export const DEFAULT_PREFERENCES = {
  time_zone: null,
  week_start: "monday",
  date_format: "locale",
  theme: "system",
  density: "comfortable",
  shortcuts: true,
  tips: true,
  quadrant_names: { do: "Do", schedule: "Schedule", delegate: "Delegate", drop: "Drop" },
};

/** Of somebody who has just signed up with a password. */
export const PROFILE = {
  user_id: expect.stringMatching(UUID),
  email: expect.stringContaining("@"),
  email_verified_at: null,
  name: "Ada",
  is_active: true,
  preferences: DEFAULT_PREFERENCES,
  has_password: true,
  created_at: expect.stringMatching(TIMESTAMP),
  updated_at: expect.stringMatching(TIMESTAMP),
};

export const GRANT = {
  access_token: expect.stringMatching(JWS),
  expires_in: 300,
  token_type: "Bearer",
  refresh_token: expect.stringMatching(/^ff_rt_[\w-]+$/),
  session_id: expect.stringMatching(UUID),
};

/** What sign-up and sign-in answer. */
export const ENTERED = { ...PROFILE, ...GRANT, token: expect.stringMatching(JWS) };
