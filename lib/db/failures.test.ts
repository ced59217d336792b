import { DrizzleQueryError } from "drizzle-orm";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { isConnectionLost, isTransient, isUnavailable, sqlState } from "./failures";
import { UnreachableError } from "./retry";

const withCode = (code: string, message = "something") => Object.assign(new Error(message), { code });

const wrapped = (cause: Error) => new DrizzleQueryError("select $1", ["hidden"], cause);

function serverError(code: string) {
  const error = new pg.DatabaseError("something", 0, "error");
  error.code = code;
  return wrapped(error);
}

describe("sqlState(error)", () => {
  test("is found however deep it was wrapped, and the outermost one counts", () => {
    expect(sqlState(serverError("23505"))).toBe("23505");
    expect(sqlState(new Error("outer", { cause: serverError("40001") }))).toBe("40001");
    expect(sqlState(new UnreachableError(serverError("28P01")))).toBe("08001");
  });

  test.each(["EPIPE", "EPERM", "EBUSY", "ECONNRESET", "ERR_TLS_CERT_ALTNAME_INVALID"])(
    "%s is no SQLSTATE",
    (code) => expect(sqlState(withCode(code))).toBeUndefined(),
  );

  test("is nothing for anything else that may be thrown, and for an endless chain of causes", () => {
    const endless = new Error("endless");
    endless.cause = endless;
    for (const thrown of [undefined, null, "23505", { code: "23505" }, new Error("23505"), endless])
      expect(sqlState(thrown)).toBeUndefined();
  });
});

const LOST_STATES = ["57P01", "57P02", "57P03", "53200", "53300", "08000", "08006", "25P03", "25006"];
const UNDONE_STATES = ["57014", "55P03", "40001", "40P01", "53100"];
const MISTAKE_STATES = ["23505", "23503", "42P01", "22P02", "25P02", "XX000"];

const LOST_ERRORS = [
  new UnreachableError(new Error("any reason")),
  withCode("ECONNREFUSED"),
  withCode("ECONNRESET"),
  withCode("EPIPE"),
  withCode("ETIMEDOUT"),
  withCode("EAI_AGAIN"),
  new Error("Connection terminated unexpectedly"),
  new Error("Connection terminated"),
  new Error("Connection terminated due to connection timeout"),
  new Error("Client has encountered a connection error and is not queryable"),
  new Error("Client was closed and is not queryable"),
  new Error("Query read timeout"),
  new Error("timeout exceeded when trying to connect"),
  new Error("Cannot use a pool after calling end on the pool"),
];

const MISTAKES = [
  new TypeError("undefined is not a function"),
  new AppError("not_found", "No such task"),
  "lost",
  withCode("ENOENT"),
];

describe("isUnavailable(error)", () => {
  test.each([...LOST_STATES, ...UNDONE_STATES])("%s is", (code) => {
    expect(isUnavailable(serverError(code))).toBe(true);
  });

  test.each(LOST_ERRORS)("%s is, wrapped or not", (error) => {
    expect(isUnavailable(error)).toBe(true);
    expect(isUnavailable(wrapped(error))).toBe(true);
  });

  test.each(["mdextend", "mdzeroextend"])("a file that cannot grow is, in PostgreSQL's %s", (routine) => {
    const error = new pg.DatabaseError("could not extend file: Disk quota exceeded", 0, "error");
    Object.assign(error, { code: "XX000", routine });
    expect(isUnavailable(wrapped(error))).toBe(true);
    expect(isConnectionLost(wrapped(error))).toBe(false);
  });

  test.each(MISTAKE_STATES)("%s is not: somebody made a mistake", (code) => {
    expect(isUnavailable(serverError(code))).toBe(false);
  });

  test.each(MISTAKES)("%s is not: somebody made a mistake", (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});

describe("isConnectionLost(error)", () => {
  test("tells what costs the connection from what undid a statement only", () => {
    for (const code of LOST_STATES) expect([code, isConnectionLost(serverError(code))]).toEqual([code, true]);
    for (const error of LOST_ERRORS) expect([error, isConnectionLost(error)]).toEqual([error, true]);
    for (const code of [...UNDONE_STATES, ...MISTAKE_STATES])
      expect([code, isConnectionLost(serverError(code))]).toEqual([code, false]);
  });
});

describe("isTransient(error)", () => {
  test.each(["57P01", "57P02", "57P03", "53300", "08006"])("%s may be over in a moment", (code) => {
    expect(isTransient(serverError(code))).toBe(true);
  });

  test.each(["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ENOENT"])("%s may be over in a moment", (code) => {
    expect(isTransient(withCode(code))).toBe(true);
  });

  test.each(["Connection terminated unexpectedly", "Unexpected server response: 503"])(
    "%s may be over in a moment",
    (message) => expect(isTransient(new Error(message))).toBe(true),
  );

  test.each(["28P01", "3D000", "08P01", "08004", "42501"])("%s is not: it would be refused again", (code) => {
    expect(isTransient(serverError(code))).toBe(false);
  });

  test.each([
    withCode("ENOTFOUND"),
    withCode("DEPTH_ZERO_SELF_SIGNED_CERT"),
    new Error("Unexpected server response: 404"),
    new Error("Connection terminated due to connection timeout"),
    new Error("Query read timeout"),
  ])("%s is not: it would fail again, or has taken its time", (error) => {
    expect(isTransient(error)).toBe(false);
  });
});
