import type { SecurityEvent } from "@/lib/client/client";

type Said = Pick<SecurityEvent, "kind" | "detail">;

const through = ({ method }: SecurityEvent["detail"]) =>
  method === undefined || method === "password" ? "" : ` through ${method}`;

const SENTENCES: Record<SecurityEvent["kind"], (detail: SecurityEvent["detail"]) => string> = {
  sign_up: (detail) => `The account was created${through(detail)}.`,
  sign_in: (detail) => `Somebody signed in${through(detail)}.`,
  sign_in_failed: () => "Somebody tried to sign in with a wrong password.",
  sign_out: ({ scope }) =>
    scope === "others"
      ? "All other devices were signed out."
      : scope === "all"
        ? "All devices were signed out."
        : "A device signed out.",
  session_ended: () => "A device was signed out from another one.",
  refresh_reuse: () => "A session was used twice, as a stolen one would be, and was ended.",
  password_changed: () => "The password was changed.",
  password_reset_requested: () => "A link to reset the password was asked for.",
  password_reset: () => "The password was reset through a link.",
  email_change_requested: () => "Another e-mail address was asked for.",
  email_changed: () => "The e-mail address was changed.",
  email_verified: () => "The e-mail address was confirmed.",
  account_linked: ({ provider }) => `The account at ${provider} was connected.`,
  account_unlinked: ({ provider }) => `The account at ${provider} was disconnected.`,
  user_disabled: () => "The operator closed the account.",
  user_enabled: () => "The operator opened the account again.",
  user_deleted: () => "The account was deleted.",
};

export const sentenceOf = ({ kind, detail }: Said): string => SENTENCES[kind](detail);
