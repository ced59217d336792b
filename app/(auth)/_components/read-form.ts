import { AppError, type Issue } from "@/lib/errors";
import { describeError, log } from "@/lib/log";
import type { Field, FormState } from "./form-state";

/** What was typed: a form that is not ours may hold anything. */
export function readForm<Name extends string>(form: FormData, names: readonly Name[]): Record<Name, string> {
  const values = {} as Record<Name, string>;
  for (const name of names) {
    const value = form.get(name);
    values[name] = typeof value === "string" ? value.replaceAll("\0", "") : "";
  }
  return values;
}

type Sent = { fields: readonly Field[]; values: Record<string, string> };

/** The form again, with what was wrong beside each field, and without the passwords. */
export function refusedForm(error: unknown, { fields, values }: Sent): FormState {
  const shown = fields.filter(({ type }) => type !== "password");
  const kept = Object.fromEntries(shown.map(({ name }) => [name, values[name] ?? ""]));
  if (!(error instanceof AppError)) {
    log.error({ ...describeError(error) }, "A form failed.");
    return { message: "That did not work, through no fault of yours. Try again in a moment.", values: kept };
  }
  const errors = Object.fromEntries((error.extras.errors ?? []).flatMap((issue) => explain(issue, fields)));
  return { message: messageOf(error, errors), errors, values: kept };
}

function explain({ path, message }: Issue, fields: readonly Field[]): [string, string][] {
  const field = fields.find(({ name }) => name === path);
  return field ? [[field.name, `${field.label} ${message}`]] : [];
}

function messageOf({ code, message }: AppError, errors: Record<string, string>): string {
  if (code === "unavailable") return "We cannot answer at the moment. Nothing is lost: try again.";
  if (code === "rate_limited") return "Too many attempts. Wait a little and try again.";
  return Object.keys(errors).length > 0 ? "Something is not right yet: see below." : message;
}
