import { isoOf } from "./iso";

type CamelKey<K> = K extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelKey<Tail>>}` : K;

/** A value in wire form (snake_case) as TypeScript knows it (camelCase). */
export type Camel<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? Camel<Item>[]
    : T extends object
      ? { [K in keyof T as CamelKey<K>]: Camel<T[K]> }
      : T;

/** What code may return for a value in wire form: camelCase, and a Date for every timestamp. */
export type Domain<T> = T extends string
  ? string extends T
    ? string | Date
    : T
  : T extends readonly (infer Item)[]
    ? readonly Domain<Item>[]
    : T extends object
      ? { [K in keyof T as CamelKey<K>]: Domain<T[K]> }
      : T;

const CACHED_KEYS = 1_000;

/** Keys are names from schemas, few and always the same; the bound is for records, whose keys are data. */
function cached(convert: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined) return hit;
    const converted = convert(key);
    if (known.size < CACHED_KEYS) known.set(key, converted);
    return converted;
  };
}

const camelKey = cached((key) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
const snakeKey = cached((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

type Members = Record<string, unknown>;

/** Converts what a schema has parsed; whatever a schema has made of a value (a Date, say) stays. */
export function toCamel<T>(value: T): Camel<T>;
export function toCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => toCamel(item));
  if (!isPlain(value)) return value;
  const camel: Members = {};
  for (const key in value) camel[camelKey(key)] = toCamel(value[key]);
  return camel;
}

/** The wire form of a domain object: snake_case keys, and RFC 3339 in UTC with milliseconds for a Date. */
export function toWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof Date) return isoOf(value);
  if (!isPlain(value)) return value;
  const wire: Members = {};
  for (const key in value) {
    const member = value[key];
    wire[snakeKey(key)] = typeof member === "object" ? toWire(member) : member;
  }
  return wire;
}

const isPlain = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
