import type { z } from "zod";
import { AppError, type Issue } from "@/lib/errors";

const MAX_ISSUES = 50;
const MAX_PATH_LENGTH = 200;
const ISSUES_IN_DETAIL = 3;

/**
 * The parsed value, or `invalid` with every refused member by its path. What the origin called 400 rather than 422
 * is named by `malformed`.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  malformed?: readonly string[],
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => toIssues(issue, value)).slice(0, MAX_ISSUES);
  throw invalid(errors, malformed);
}

export function invalid(errors: Issue[], malformed: readonly string[] = []): AppError {
  const told = errors.slice(0, ISSUES_IN_DETAIL).map(({ path, message }) => `${path || "body"}: ${message}`);
  const rest = errors.length - told.length;
  const detail = rest > 0 ? `${told.join("; ")}; and ${rest} more` : told.join("; ");
  const isMalformed = errors.some(({ path }) => malformed.includes(path));
  return new AppError(isMalformed ? "malformed" : "invalid", detail, { errors });
}

function toIssues(issue: z.core.$ZodIssue, value: unknown): Issue[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: pathOf([...path, key]),
      code: "unrecognized_key",
      message: "is unknown or read-only",
    }));
  if (issue.code === "invalid_type" && isMissing(value, path))
    return [{ path: pathOf(path), code: "required", message: "is required" }];
  return [{ path: pathOf(path), code: issue.code, message: issue.message }];
}

const pathOf = (segments: readonly string[]) => segments.join(".").slice(0, MAX_PATH_LENGTH);

function isMissing(value: unknown, path: readonly string[]): boolean {
  let member: unknown = value;
  for (const segment of path) {
    if (typeof member !== "object" || member === null) return true;
    member = Object.getOwnPropertyDescriptor(member, segment)?.value;
  }
  return member === undefined;
}
