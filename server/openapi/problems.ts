import { AppError, ERROR_CODES, type ErrorCode } from "@/lib/errors";
import { PROBLEMS, type Problem, problemOf } from "@/lib/http/problem";
import type { ResponseObject } from "./document";
import { headerRefs } from "./headers";
import { refTo, type Schema } from "./schemas";

const REQUEST_ID = "0b9f6a1e-5d0c-4a53-9f53-4f1f5c0a7d11";

const issue: Schema = {
  type: "object",
  properties: {
    path: { type: "string", description: "The member, parameter or header; a dot before each level" },
    code: { type: "string", description: "Why, for programs", examples: ["required", "unrecognized_key"] },
    message: { type: "string", description: "Why, for people" },
  },
  required: ["path", "code", "message"],
};

const members = {
  type: { type: "string", description: "`urn:fourfold:problem:` and the code" },
  title: { type: "string", description: "The same for every problem with this code" },
  status: { type: "integer", description: "The status of the response" },
  detail: { type: "string", description: "What went wrong this time, for people" },
  code: {
    type: "string",
    enum: [...ERROR_CODES],
    "x-extensible": true,
    description: "What programs decide by; more may be added",
  },
  request_id: { type: "string", description: "The same as `X-Request-Id`" },
  success: { const: false },
  errors: { type: "array", items: issue, description: "One entry for each member that was refused" },
  current: { type: "object", description: "The object as it is now, with a 409 or 412 that is about one" },
} satisfies Record<keyof Problem, Schema>;

export const problemSchema: Schema = {
  type: "object",
  description: "A problem document of RFC 9457",
  properties: members,
  required: Object.keys(members).filter((name) => name !== "errors" && name !== "current"),
};

/** One response for each status, which lists the codes that may come with it; by status. */
export function problemResponses(
  codes: readonly ErrorCode[],
): Map<string, { name: string; response: ResponseObject }> {
  const byStatus = new Map<string, ErrorCode[]>();
  for (const code of ERROR_CODES.filter((each) => codes.includes(each))) {
    const status = String(PROBLEMS[code].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map(
    [...byStatus].map(([status, same]) => [status, { name: nameOf(same), response: responseOf(same) }]),
  );
}

const nameOf = (codes: readonly ErrorCode[]) => codes.map(pascal).join("Or");

const pascal = (code: string) =>
  code.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

function responseOf(codes: readonly ErrorCode[]): ResponseObject {
  const kinds = codes.map((code) => PROBLEMS[code]);
  const isWaiting = kinds.some(({ retryAfterSeconds }) => retryAfterSeconds !== undefined);
  const isAboutAccess = kinds.some(({ status }) => status === 401 || status === 403);
  return {
    description: codes.map((code) => `${PROBLEMS[code].title} (\`${code}\`)`).join("; "),
    headers: headerRefs("X-Request-Id", isWaiting && "Retry-After", isAboutAccess && "WWW-Authenticate"),
    content: {
      "application/problem+json": {
        schema: { allOf: [refTo("Problem"), { properties: { code: { enum: [...codes] } } }] },
        example: codes[0] && exampleOf(codes[0]),
      },
    },
  };
}

const DETAILS: Partial<Record<ErrorCode, string>> = {
  insufficient_scope: "This needs the scope tasks:write.",
  invalid: "title: is required",
};

function exampleOf(code: ErrorCode): Problem {
  const detail = DETAILS[code] ?? `${PROBLEMS[code].title}.`;
  const errors =
    code === "invalid" ? [{ path: "title", code: "required", message: "is required" }] : undefined;
  return problemOf(new AppError(code, detail, errors && { errors }), REQUEST_ID);
}
