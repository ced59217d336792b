import { readdirSync } from "node:fs";
import fc from "fast-check";
import { body, DATES, id, oddValue, pick, text } from "./odd-bodies";

export type OddRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  /** Without a Content-Length. */
  isChunked: boolean;
};

const latin1 = fc
  .string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 })
  .map((value) => value.replaceAll("\x7f", ""));

const versions = fc.oneof(
  pick('"1"', '"2"', '"1", "3"', "*", 'W/"1"', '""', '"9999999999999999999999"', '"-1"', "1", '"1'),
  latin1,
);

export const TOKEN = "TOKEN";

const rarely = (arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const headers = fc.record({
  authorization: fc.oneof(
    { weight: 40, arbitrary: fc.constant(`Bearer ${TOKEN}`) },
    pick(
      "",
      "Bearer",
      `bearer ${TOKEN}`,
      `Bearer  ${TOKEN}`,
      `Bearer ${TOKEN}x`,
      `Basic ${TOKEN}`,
      "Bearer a.b.c",
    ),
    latin1,
  ),
  "content-type": fc.oneof(
    { weight: 30, arbitrary: fc.constant("application/json") },
    pick(
      "application/merge-patch+json",
      "application/json; charset=latin1",
      "text/plain",
      "multipart/form-data",
      "",
    ),
    latin1,
  ),
  "if-match": rarely(versions),
  "if-none-match": rarely(versions),
  "idempotency-key": rarely(
    fc.oneof(pick("k1", "k2", "k3", "", " ", "a".repeat(255), "a".repeat(256)), fc.uuid(), latin1),
  ),
  "x-request-id": rarely(latin1),
  origin: rarely(pick("null", "https://example.org", "")),
  "access-control-request-method": rarely(pick("POST", "BREW")),
  accept: rarely(pick("text/html", "*/*", "")),
  cookie: rarely(pick("a=b", "authjs.session-token=x")),
  "content-encoding": rarely(pick("gzip", "identity")),
});

const queryValue = fc.oneof(
  text,
  pick(...DATES),
  pick("true", "false", "asc", "desc", "title", "position", "due_datetime", "updated_at", "urgent_important"),
  pick(
    "0",
    "1",
    "100",
    "101",
    "-1",
    "1e3",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    "0x10",
    "NaN",
  ),
);
const parameters = [
  ..."priority completed is_completed sorted due_before due_after updated_since q".split(" "),
  ..."sort_by sort_order limit offset cursor count".split(" "),
];
const escaped = (value: string) => encodeURIComponent(value);
/** As a careless client would: only what cannot stand in a request line is escaped. */
const careless = (value: string) => value.replace(/[^!-~]|#/gu, escaped);
const parameter = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: pick(...parameters) }, text),
    queryValue,
    pick(escaped, escaped, careless),
  )
  .map(([name, value, encode]) => `${encode(name)}=${encode(value)}`);
const search = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  {
    weight: 5,
    arbitrary: fc.array(parameter, { minLength: 1, maxLength: 3 }).map((all) => `?${all.join("&")}`),
  },
  {
    weight: 1,
    arbitrary: pick("?", "??", "?&&=", "?%", "?%ff%fe", "?q=%F0%9F", "?q=%ud800", "?=", "?q[]=a", "?q"),
  },
);

/** A cursor that the server gave, with other keys or another id in it. */
const forged = (cursors: Record<string, string>) =>
  fc
    .tuple(
      pick(...Object.keys(cursors)),
      fc.array(fc.oneof(oddValue, pick(null, true, 1, 5)), { maxLength: 4 }),
      id,
    )
    .map(([sort, keys, id]) => {
      const [signature] = JSON.parse(Buffer.from(cursors[sort] ?? "", "base64url").toString());
      const cursor = Buffer.from(JSON.stringify([signature, keys, id])).toString("base64url");
      return `/api/v1/tasks?sort_by=${sort}&cursor=${cursor}`;
    });

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

const DYNAMIC = /\[[^\]]+\]/;

/** The paths of all route handlers, as the folders have them: /api/v1/tasks/[id]. */
export const ENDPOINTS = ["app/api", "app/health"].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)route\.ts$/.test(file))
    .map((file) => `/${root.slice("app/".length)}/${file.replace(/\/?route\.ts$/, "")}`.replace(/\/$/, "")),
);

/** `allowed` has the methods of every endpoint; most requests use one of them. */
export function oddRequests(
  allowed: Record<string, string[]>,
  cursors: Record<string, string>,
): fc.Arbitrary<OddRequest> {
  const targets = Object.entries(allowed).flatMap(([endpoint, methods]) =>
    methods
      .filter((method) => method !== "HEAD" && method !== "OPTIONS")
      .map((method) => ({ endpoint, method })),
  );
  const filled = fc
    .tuple(pick(...targets), rarely(pick(...METHODS)), id, search)
    .map(([{ endpoint, method }, other, id, query]) => ({
      method: other ?? method,
      path: endpoint.replace(DYNAMIC, () => id) + query,
    }));
  const paged = forged(cursors).map((path) => ({ method: "GET", path }));
  return fc
    .record({
      target: fc.oneof({ weight: 15, arbitrary: filled }, { weight: 1, arbitrary: paged }),
      headers: headers.map((all) => JSON.parse(JSON.stringify(all))),
      body,
      isChunked: fc.boolean(),
    })
    .map(({ target, ...rest }) => ({ ...target, ...rest }));
}
