import { z } from "zod";
import { EVENT_KINDS } from "@/lib/db/schema/security-events";
import { queryInteger, Timestamp } from "@/lib/wire";
import { Password } from "./passwords/policy";
import { Preferences, PreferencesChange } from "./preferences";
import { SIGN_OUT_SCOPES } from "./sign-out";

export const AUTH_BODY_BYTES = 64 * 1024;

const codePoints = (text: string) => [...text].length;

const EXAMPLE = { email: "ada@example.org", password: "correct horse battery staple" };

/** One spelling for one mailbox: the database compares what is left of it. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("must be an e-mail address like ada@example.org").max(254))
  .meta({ format: "email", maxLength: 254, example: EXAMPLE.email });

const Name = z
  .string()
  .trim()
  .refine((text) => text.length > 0 && codePoints(text) <= 255, "must have 1 to 255 characters")
  .meta({ minLength: 1, maxLength: 255, example: "Ada" });

/** What somebody typed as their password: whether it is a good one is not asked here. */
const GivenPassword = z.string().max(1_000).meta({ format: "password", example: EXAMPLE.password });

export const SignUp = z
  .strictObject({ email: Email, password: Password, name: Name.nullable().optional() })
  .meta({ id: "SignUp", example: { ...EXAMPLE, name: "Ada" } });

export const SignIn = z
  .strictObject({ email: Email, password: GivenPassword })
  .meta({ id: "SignIn", example: EXAMPLE });

const profile = {
  user_id: z.uuid(),
  email: z.string(),
  email_verified_at: Timestamp.nullable(),
  name: z.string().nullable(),
  is_active: z.boolean(),
  preferences: Preferences,
  has_password: z.boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
};

const grant = {
  access_token: z.string().meta({ description: "For `Authorization: Bearer …`, for 5 minutes" }),
  expires_in: z.int().meta({ description: "Seconds until the access token expires" }),
  token_type: z.literal("Bearer"),
  refresh_token: z.string().meta({ description: "Trades for the next pair at `/api/v1/auth/refresh`" }),
  session_id: z.uuid(),
};

export const Profile = z.object(profile).meta({ id: "Profile" });

export const SignedIn = z
  .object({
    ...profile,
    ...grant,
    token: z.string().optional().meta({
      description: "An access token of 24 hours, for clients that cannot refresh",
      deprecated: true,
    }),
  })
  .meta({ id: "SignedIn" });

export const Refresh = z
  .strictObject({ refresh_token: z.string() })
  .meta({ id: "Refresh", example: { refresh_token: "ff_rt_AXh4eHh4eHh4" } });

export const Grant = z.object(grant).meta({ id: "Grant" });

export const SignOut = z
  .strictObject({ scope: z.enum(SIGN_OUT_SCOPES).default("current") })
  .default({ scope: "current" })
  .meta({ id: "SignOut", example: { scope: "current" } });

export const SignedOut = z
  .object({ success: z.literal(true), message: z.string() })
  .meta({ id: "SignedOut" });

export const ProfileChange = z
  .strictObject({ name: Name.nullable().optional(), preferences: PreferencesChange.optional() })
  .meta({ id: "ProfileChange", example: { name: "Ada", preferences: { time_zone: "Europe/Berlin" } } });

export const ProfileDelete = z
  .strictObject({ password: GivenPassword.optional() })
  .default({})
  .meta({ id: "ProfileDelete", example: { password: EXAMPLE.password } });

export const PasswordChange = z
  .strictObject({ current_password: GivenPassword.optional(), new_password: Password })
  .meta({
    id: "PasswordChange",
    example: { current_password: EXAMPLE.password, new_password: "seven lamps over the harbour" },
  });

export const PasswordForgot = z
  .strictObject({ email: Email })
  .meta({ id: "PasswordForgot", example: { email: EXAMPLE.email } });

const LinkToken = z
  .string()
  .max(200)
  .meta({ description: "From the link that was mailed", example: "3q2-7wAA" });

export const PasswordReset = z
  .strictObject({ token: LinkToken, password: Password })
  .meta({ id: "PasswordReset", example: { token: "3q2-7wAA", password: "seven lamps over the harbour" } });

export const EmailChange = z
  .strictObject({ email: Email, password: GivenPassword.optional() })
  .meta({ id: "EmailChange", example: { email: "ada@example.net", password: EXAMPLE.password } });

export const EmailVerify = z
  .strictObject({ token: LinkToken })
  .meta({ id: "EmailVerify", example: { token: "3q2-7wAA" } });

export const EmailVerified = z.object({ email: z.string() });

const Place = {
  device: z.string().nullable().meta({ description: "As its User-Agent tells", example: "Firefox on Linux" }),
  address_prefix: z.string().nullable().meta({ description: "Its network", example: "203.0.113.0/24" }),
};

export const Session = z
  .object({
    id: z.uuid(),
    kind: z.enum(["web", "api"]),
    method: z.string().meta({ description: "`password`, or the provider that vouched" }),
    ...Place,
    is_current: z.boolean(),
    created_at: Timestamp,
    last_seen_at: Timestamp,
    idle_expires_at: Timestamp.meta({ description: "When it ends unless it is used before" }),
    absolute_expires_at: Timestamp.meta({ description: "When it ends in any case" }),
  })
  .meta({ id: "Session" });

export const SessionList = z.object({ sessions: z.array(Session) });

export const SessionPath = z.object({ id: z.uuid() });

export const Account = z.object({ provider: z.string(), created_at: Timestamp }).meta({ id: "Account" });

export const AccountList = z.object({ accounts: z.array(Account) });

export const AccountPath = z.object({ provider: z.string().max(40) });

export const EventQuery = z.strictObject({
  limit: queryInteger(1, 100).default(50),
  cursor: z.uuid().optional().meta({ description: "`next_cursor` of the page before" }),
});

export const SecurityEvent = z
  .object({
    id: z.uuid(),
    kind: z.enum(EVENT_KINDS),
    at: Timestamp,
    session_id: z.uuid().nullable(),
    ...Place,
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: "SecurityEvent" });

export const EventPage = z.object({ events: z.array(SecurityEvent), next_cursor: z.string().nullable() });
