import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { describeError } from "@/lib/log";

class DatabaseError extends Error {
  code = "23505";
}

describe("what is logged of an error", () => {
  test("a fault of ours: class, message and stack", () => {
    const fields = describeError(new TypeError("x is not a function"));
    expect(fields).toMatchObject({ error_class: "TypeError", error_message: "x is not a function" });
    expect(fields.error_stack).toMatch(/^\s+at .*log\.test\.ts/);
  });

  test("a failed query: its text and SQLSTATE, and no parameter", () => {
    const cause = new DatabaseError("Key (email)=(sentinel@example.org) already exists.");
    const params = ["sentinel", "a\n    at sentinel (stack.ts:1)"];
    const fields = describeError(new DrizzleQueryError("insert into users values ($1, $2)", params, cause));
    expect(fields).toMatchObject({
      error_class: "DrizzleQueryError < DatabaseError",
      cause_code: "23505",
      error_message: "Failed query: insert into users values ($1, $2)",
    });
    expect(JSON.stringify(fields)).not.toContain("sentinel");
    expect(fields.error_stack).toContain("log.test.ts");
  });

  test("a database's error on its own, or under one of ours: no message", () => {
    const cause = new DatabaseError("sentinel");
    expect(JSON.stringify(describeError(cause))).not.toContain("sentinel");
    const fields = describeError(new AppError("unavailable", "sentinel", { cause }));
    expect(fields).toMatchObject({ error_class: "AppError < DatabaseError", cause_code: "23505" });
    expect(JSON.stringify(fields)).not.toContain("sentinel");
  });

  test("a parser's error: no message", () => {
    const error = new SyntaxError('Unexpected token in "sentinel"');
    expect(JSON.stringify(describeError(error))).not.toContain("sentinel");
  });

  test("a refused connection: the system's code", () => {
    const cause = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(describeError(new Error("gone", { cause }))).toMatchObject({ cause_code: "ECONNREFUSED" });
  });

  test("what is no error: its type alone", () => {
    expect(describeError("sentinel")).toEqual({ error_class: "string" });
  });

  test("a circle of causes ends", () => {
    const error = new Error("round");
    error.cause = error;
    expect(describeError(error).error_class.split(" < ")).toHaveLength(5);
  });
});
