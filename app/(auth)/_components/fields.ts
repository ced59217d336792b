import type { Field } from "./form-state";

const email: Field = { name: "email", label: "E-mail", type: "email", autoComplete: "username" };

const newPassword: Field = {
  name: "password",
  label: "Password",
  type: "password",
  autoComplete: "new-password",
  hint: "At least 8 characters. A few words make a good one.",
};

export const SIGN_IN_FIELDS: readonly Field[] = [
  email,
  { name: "password", label: "Password", type: "password", autoComplete: "current-password" },
];

export const SIGN_UP_FIELDS: readonly Field[] = [
  { name: "name", label: "Name (optional)", type: "text", autoComplete: "name", isOptional: true },
  email,
  newPassword,
];

export const FORGOT_FIELDS: readonly Field[] = [email];

export const RESET_FIELDS: readonly Field[] = [{ ...newPassword, label: "New password" }];
