import pino from "pino";
import { env } from "@/lib/env";

/** One JSON object a line on stdout. Only what is named is logged: no bodies, tokens, e-mails, cookies or parameters. */
export const log = pino({
  level: env.LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
});

export type ErrorFields = {
  /** The classes from the thrown error down to its cause. */
  error_class: string;
  /** A SQLSTATE or a system error such as ECONNREFUSED. */
  cause_code?: string;
  error_message?: string;
  error_stack?: string;
};

const MAX_CAUSES = 5;
const MAX_MESSAGE_LENGTH = 1_000;
const CAUSE_CODE = /^[A-Z0-9_]{3,40}$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What may be logged of an error: a database's own message and Drizzle's carry values, a parser's carries its input. */
export function describeError(thrown: unknown): ErrorFields {
  const chain = causesOf(thrown);
  const [first] = chain;
  if (!first) return { error_class: typeof thrown };
  const fields: ErrorFields = { error_class: chain.map(classOf).join(" < ") };
  const code = chain.map(codeOf).findLast((value) => value !== undefined);
  if (code !== undefined) fields.cause_code = code;
  const message = messageOf(first, chain);
  if (message !== undefined) fields.error_message = message.slice(0, MAX_MESSAGE_LENGTH);
  const stack = framesOf(first);
  if (stack !== "") fields.error_stack = stack;
  return fields;
}

function causesOf(thrown: unknown): Error[] {
  const chain: Error[] = [];
  for (let link = thrown; link instanceof Error && chain.length < MAX_CAUSES; link = link.cause)
    chain.push(link);
  return chain;
}

const classOf = (error: Error) => error.constructor.name || error.name;

function codeOf(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && CAUSE_CODE.test(code) ? code : undefined;
}

function messageOf(first: Error, chain: readonly Error[]): string | undefined {
  if ("query" in first && typeof first.query === "string") return `Failed query: ${first.query}`;
  const isTelling = chain.some((error) => error instanceof SyntaxError || SQLSTATE.test(codeOf(error) ?? ""));
  return isTelling ? undefined : first.message;
}

/** The frames alone: the head of a stack repeats the message, line for line. */
function framesOf({ stack = "", message }: Error): string {
  const end = stack.indexOf(message);
  if (end < 0) return "";
  const lines = stack.slice(end + message.length).split("\n");
  return lines.filter((line) => /^\s+at /.test(line)).join("\n");
}
