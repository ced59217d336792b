import fc from "fast-check";

/** One of these. */
export const pick = <const T extends readonly unknown[]>(...from: T) =>
  fc.constantFrom(...(from as readonly T[number][]));

export const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  pick(
    "",
    "\0",
    "💣",
    "__proto__",
    "constructor",
    "' or 1=1 --",
    "%s%n",
    "\u2216x",
    "\u202e",
    "a".repeat(300),
  ),
);

export const DATES = [
  "2026-03-01T00:00:00Z",
  "2026-03-01T09:00:00.123456789+05:30",
  "2026-03-01T00:00:00+23:59",
  "2026-03-01T24:00:00Z",
  "2026-02-30T00:00:00Z",
  "2016-12-31T23:59:60Z",
  "2026-03-01T00:00:00",
  "2026-03-01",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "0099-12-31T23:59:59-01:00",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59-14:00",
  "+275760-09-13T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  "infinity",
  "now",
] as const;

export const KNOWN_IDS = Array.from({ length: 40 }, (_, n) => `0190a000-0000-7000-8000-0000000000${n + 10}`);

export const id = fc.oneof(
  { weight: 6, arbitrary: pick(...KNOWN_IDS) },
  fc.uuid(),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  pick("1", "null", "undefined", "{id}", "%00", "00000000-0000-0000-0000-000000000000", "a".repeat(2_000)),
  // Next settles dots and slashes in a path by itself, with a redirect.
  text.map((odd) => `x${odd}`.replace(/[\\/]/g, "")).map(encodeURIComponent),
);

const MEMBERS = {
  id,
  title: text,
  description: fc.option(text),
  due_datetime: fc.option(pick(...DATES)),
  due_all_day: fc.boolean(),
  priority: pick("urgent_important", "not_urgent_important", "not_urgent_not_important", "high"),
  is_sorted: fc.boolean(),
  position: pick(
    "a0",
    "Zz",
    "a0V",
    "a",
    "",
    "B0000000000000000000000000",
    `a0${"z".repeat(253)}`,
    `a0${"z".repeat(300)}`,
  ),
  is_completed: fc.boolean(),
  completed: fc.boolean(),
  version: pick(1, 2, 0, -1, 1.5, 2_147_483_647, 2_147_483_648, 1e300),
};

export const oddValue = fc.oneof(fc.jsonValue({ depthSize: "small" }), text, pick(...DATES), fc.double());
const usual = fc.record(MEMBERS, { requiredKeys: [] });
const valid = fc.record(
  {
    title: text.map((title) => `${title.replaceAll("\0", "")}x`),
    due_datetime: pick(null, DATES[0]),
    due_all_day: pick(true, false),
    priority: pick("urgent_important", "not_urgent_not_important"),
    position: pick("a0", "Zz"),
  },
  { requiredKeys: ["title"] },
);
const known = fc.tuple(valid, pick(...KNOWN_IDS)).map(([members, id]) => ({ ...members, id }));
const completion = pick({ completed: true }, { completed: false }, {});
const wrong = fc
  .tuple(usual, pick(...Object.keys(MEMBERS), "__proto__", "user_id", "deleted_at"), oddValue)
  .map(([members, name, value]) => ({ ...members, [name]: value }));

const json = fc
  .oneof(valid, valid, known, completion, usual, wrong, oddValue)
  .map((value) => JSON.stringify(value));

const PIECES = [
  ..."[]{},:\"'",
  "\\u0000",
  "\\ud800",
  "\\udc00\\ud800",
  "1e999",
  "-0",
  "null",
  '"__proto__":',
  "\uFEFF",
  '"title":',
];
const mutated = fc
  .tuple(json, fc.nat(80), fc.nat(3), pick(...PIECES))
  .map(([source, at, cut, piece]) => source.slice(0, at) + piece + source.slice(at + cut));

const nested = fc
  .integer({ min: 1, max: 5_000 })
  .map((depth) => `{"title":${"[".repeat(depth)}${"]".repeat(depth)}}`);
const long = pick(50_000, 50_000, 50_001, 1_100_000).map((size) =>
  JSON.stringify({ title: "x", description: "d".repeat(size) }),
);

const bytes = (source: fc.Arbitrary<string>) => source.map((value) => new TextEncoder().encode(value));

export const body: fc.Arbitrary<Uint8Array | null> = fc.oneof(
  { weight: 20, arbitrary: bytes(json) },
  { weight: 8, arbitrary: bytes(mutated) },
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 2, arbitrary: bytes(nested) },
  { weight: 1, arbitrary: bytes(long) },
  { weight: 4, arbitrary: fc.constant(null) },
);
