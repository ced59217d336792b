import { isDeepStrictEqual } from "node:util";

/** The instance breaks the rule. */
export class Failure extends Error {}

/** The rule cannot be tried here. */
export class Skip extends Error {}

/** The run is to end: nothing more is asked but what cleans up. */
export class Interrupted extends Error {}

const SHOWN_CHARACTERS = 300;

export function same(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Failure(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

export function holds(condition: boolean, what: string, actual?: unknown): asserts condition {
  if (!condition) throw new Failure(actual === undefined ? what : `${what}, got ${show(actual)}`);
}

export function matches(text: string | null | undefined, pattern: RegExp, what: string): string {
  holds(text != null && pattern.test(text), `${what}: expected ${pattern}`, text ?? "nothing");
  return text;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
