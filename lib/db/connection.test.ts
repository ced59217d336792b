import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connectionConfig, driverFor } from "./connection";

describe("connectionConfig(url)", () => {
  test("reads every part, with what was escaped", () => {
    expect(
      connectionConfig("postgresql://us%40er:p%2Fw%3A@db.internal:6543/my%20db?sslmode=disable"),
    ).toEqual({
      host: "db.internal",
      port: 6543,
      user: "us@er",
      password: "p/w:",
      database: "my db",
      options: undefined,
      application_name: "fourfold",
      ssl: false,
    });
  });

  test("leaves out every parameter that a driver would send when a session starts", () => {
    const query = "statement_timeout=1&lock_timeout=1&replication=true&client_encoding=latin1&binary=true";
    expect(connectionConfig(`postgresql://u@localhost/d?${query}`)).toEqual(
      connectionConfig("postgresql://u@localhost/d"),
    );
  });

  test("keeps what an operator asks for by name: options, and a name for the session", () => {
    const url = "postgresql://u@localhost/d?options=endpoint%3Dep-x&application_name=other";
    expect(connectionConfig(url, "fourfold")).toMatchObject({
      options: "endpoint=ep-x",
      application_name: "other",
    });
    expect(connectionConfig("postgresql://u@localhost/d", "mine").application_name).toBe("mine");
  });

  test.each([
    ["postgresql://u@[::1]:5432/d", "::1"],
    ["postgresql:///d", "localhost"],
    ["postgresql:///d?host=/var/run/postgresql", "/var/run/postgresql"],
    ["postgresql://%2Fvar%2Frun%2Fpostgresql/d", "/var/run/postgresql"],
    ["postgresql://127.0.0.1/d?sslmode=require", "127.0.0.1"],
  ])("%s is on this machine and needs no TLS", (url, host) => {
    expect(connectionConfig(url)).toMatchObject({ host, port: 5432, database: "d", ssl: false });
  });

  test.each([
    "",
    "?sslmode=require",
    "?sslmode=prefer",
    "?sslmode=allow",
    "?sslmode=no-verify",
    "?sslmode=verify-ca",
    "?sslmode=verify-full&channel_binding=require",
    "?uselibpqcompat=true&sslmode=require",
    "?ssl=false",
    "?ssl=0",
  ])("a remote host with %j is verified", (query) => {
    expect(connectionConfig(`postgresql://u@db.example.com/d${query}`).ssl).toEqual({
      rejectUnauthorized: true,
    });
  });

  test("a host parameter decides about TLS, not the host that it replaces", () => {
    expect(connectionConfig("postgresql://u@localhost/d?host=db.example.com").ssl).toEqual({
      rejectUnauthorized: true,
    });
  });

  test("reads the files of sslrootcert, sslcert and sslkey", () => {
    const folder = mkdtempSync(join(tmpdir(), "fourfold-connection-"));
    for (const name of ["ca", "cert", "key"]) writeFileSync(join(folder, name), `the ${name}`);
    const query = `sslrootcert=${folder}/ca&sslcert=${folder}/cert&sslkey=${folder}/key`;
    const { ssl } = connectionConfig(`postgresql://u@db.example.com/d?${query}`);
    rmSync(folder, { recursive: true });
    expect(ssl).toEqual({
      rejectUnauthorized: true,
      ca: "the ca",
      cert: "the cert",
      key: "the key",
    });
  });
});

describe("driverFor(choice, host)", () => {
  test.each([
    ["auto", "ep-x-pooler.eu-central-1.aws.neon.tech", "neon"],
    ["auto", "neon.tech.example.com", "pg"],
    ["auto", "notneon.tech", "pg"],
    ["auto", "localhost", "pg"],
    ["pg", "ep-x.aws.neon.tech", "pg"],
    ["neon", "localhost", "neon"],
  ] as const)("%s for %s is %s", (choice, host, driver) => {
    expect(driverFor(choice, host)).toBe(driver);
  });
});
