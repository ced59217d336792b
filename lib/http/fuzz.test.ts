import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestApi, Note, NoteCreate, noteRow, send, streamed } from "@/lib/http/fixture";
import { queryInteger } from "@/lib/wire";

const { route, logged } = createTestApi();

const create = route(
  {
    auth: "user",
    summary: "Create",
    params: z.object({ id: z.string() }),
    query: z.strictObject({ limit: queryInteger(1, 9).optional(), q: z.string().optional() }),
    body: NoteCreate.extend({ version: z.int().optional() }),
    output: Note,
    conditional: true,
    idempotent: true,
  },
  ({ body }) => noteRow(body.title),
);

const pieces = [
  '{"title":',
  '"x"',
  '{"title":"x"',
  '"due_at":',
  '"2026-13-01T00:00:00Z"',
  '"tags":[{"name":"',
];
const json = [..."[]{},:\"'", "\\u0000", "\\ud800", "1e999", "-0", "null", '"__proto__":', '"version":'];
const encode = (parts: string[]) => new TextEncoder().encode(parts.join(""));
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.array(fc.constantFrom(...pieces, ...json), { maxLength: 60 }).map(encode),
);

const printable = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code));
const headerText = fc.oneof(
  fc.string({ unit: printable, maxLength: 20 }),
  fc.constantFrom('"3"', "*", 'W/"1"'),
);
const text = fc.string({ unit: "binary", maxLength: 20 });

const post = (headers: Record<string, string>, sent: Parameters<typeof send>[2], search = "") =>
  send(create, `/n?${search}`, { method: "POST", params: { id: "1" }, ...sent, headers });

async function expectContract(response: Response, statuses: number[]) {
  expect(statuses).toContain(response.status);
  expect(await response.json()).toHaveProperty("success", response.ok);
  expect(logged.splice(0)).toHaveLength(1);
}

describe("no input makes a 500", () => {
  const headers = { "content-type": "application/json" };

  test("whatever bytes the body has", async () => {
    const respond = async (body: Uint8Array<ArrayBuffer>, cut: number) => {
      const whole = await post(headers, { body });
      const inPieces = await post(headers, streamed([body.subarray(0, cut), body.subarray(cut)]));
      expect(inPieces.status).toBe(whole.status);
      logged.pop();
      await expectContract(whole, [200, 400, 422]);
    };
    await fc.assert(fc.asyncProperty(bodies, fc.nat(20), respond), { numRuns: 1_500 });
  });

  test("whatever else the request says", async () => {
    const rest = fc.record(
      {
        "content-type": headerText,
        "if-match": headerText,
        "idempotency-key": headerText,
        "x-request-id": headerText,
      },
      { requiredKeys: [] },
    );
    const respond = async (given: object, id: string, search: string) => {
      const sent = { body: '{"title":"x"}', params: { id } };
      const response = await post({ ...headers, ...given }, sent, search);
      await expectContract(response, [200, 400, 404, 415, 422]);
    };
    await fc.assert(fc.asyncProperty(rest, text, text, respond), { numRuns: 1_000 });
  });

  test("while any good title arrives as it was sent", async () => {
    const title = fc.string({ unit: "grapheme", minLength: 1 });
    const respond = async (title: string) => {
      const response = await post(headers, { body: JSON.stringify({ title }) });
      expect((await response.json()).data.title).toBe(title);
    };
    await fc.assert(fc.asyncProperty(title, respond), { numRuns: 200 });
  });
});
