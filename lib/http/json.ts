import { AppError, type Issue } from "@/lib/errors";

export const MAX_DEPTH = 32;

const decoder = new TextDecoder("utf-8", { fatal: true });

const SUSPECT_ESCAPE = /\\u(0000|d[89a-f])/i;
const LONE_SURROGATE = /\p{Surrogate}/u;

export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (isTooDeep(text)) throw new AppError("malformed", `The body is nested deeper than ${MAX_DEPTH} levels.`);
  const value = parse(text);
  if (SUSPECT_ESCAPE.test(text)) refuseUnstorable(value);
  return value;
}

/** PostgreSQL stores no NUL, and a surrogate without its other half would be stored as something else. */
export const isStorable = (text: string) => !text.includes("\0") && !LONE_SURROGATE.test(text);

export const unstorable = (path: string): Issue => ({
  path,
  code: "invalid_characters",
  message: "contains NUL or half of a surrogate pair",
});

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new AppError("malformed", "The body is not valid UTF-8.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("malformed", "The body is not valid JSON.");
  }
}

/** Looked for in the text: JSON.parse takes any depth, and what works on its result would overflow the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") {
      depth++;
      if (depth > MAX_DEPTH) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}

function refuseUnstorable(value: unknown): void {
  const errors = [...unstorableIn(value, "")];
  if (errors.length > 0)
    throw new AppError("invalid", "The body contains NUL or invalid Unicode.", { errors });
}

function* unstorableIn(value: unknown, path: string): Generator<Issue> {
  if (typeof value === "string" && !isStorable(value)) yield unstorable(path);
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const memberPath = path === "" ? key : `${path}.${key}`;
    if (!isStorable(key)) yield unstorable(memberPath);
    yield* unstorableIn(member, memberPath);
  }
}
