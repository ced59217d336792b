import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type Camel, type Domain, toCamel, toWire } from "@/lib/keys";

describe("keys", () => {
  test("become snake_case on the wire, and dates RFC 3339 in UTC with milliseconds", () => {
    const dueAt = new Date("2026-05-01T10:00:00Z");
    expect(toWire({ dueAt, userId: 1, subTasks: [{ isDone: null }], a: undefined })).toEqual({
      due_at: "2026-05-01T10:00:00.000Z",
      user_id: 1,
      sub_tasks: [{ is_done: null }],
      a: undefined,
    });
  });

  test("become camelCase inside, and what a schema made of a value stays", () => {
    const at = new Date();
    const pattern = new Map([["a_b", 1]]);
    expect(toCamel({ due_at: at, sub_tasks: [{ is_done: true }], pattern })).toEqual({
      dueAt: at,
      subTasks: [{ isDone: true }],
      pattern,
    });
  });

  test("survive the way there and back", () => {
    const name = fc.stringMatching(/^[a-z]{1,5}(_[a-z]{1,5}){0,3}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.dictionary(name, fc.integer())), (wire) => {
        expect(toWire(toCamel(wire))).toEqual(wire);
      }),
    );
  });

  test("are the same in types", () => {
    type Wire = { due_at: string | null; sub_tasks?: { is_done: boolean }[]; kind: "a" | "b" };
    expectTypeOf<Camel<Wire>>().toEqualTypeOf<{
      dueAt: string | null;
      subTasks?: { isDone: boolean }[];
      kind: "a" | "b";
    }>();
    expectTypeOf<Domain<Wire>>().toEqualTypeOf<{
      dueAt: string | Date | null;
      subTasks?: readonly { isDone: boolean }[];
      kind: "a" | "b";
    }>();
  });
});
