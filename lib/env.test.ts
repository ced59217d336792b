import { afterEach, describe, expect, test, vi } from "vitest";
import { readEnv } from "./env";
import { ENV_VARIABLES } from "./env-variables";

const GOOD_SECRET = "0Kx9uQ2bWmZr7LpYcVnT4hGdJfSaE6iOoXqNwBzRvAk";

function problems(variables: Record<string, string>): string {
  for (const name of [...ENV_VARIABLES.map((variable) => variable.name), "VERCEL", "VERCEL_ENV"])
    vi.stubEnv(name, undefined);
  const base = {
    NODE_ENV: "production",
    DATABASE_URL: "postgresql://u:p@db.example.org/app",
    AUTH_SECRET: GOOD_SECRET,
  };
  for (const [name, value] of Object.entries({ ...base, ...variables })) vi.stubEnv(name, value);
  try {
    readEnv();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

afterEach(() => vi.unstubAllEnvs());

describe("the environment", () => {
  test("a complete one is accepted", () => expect(problems({})).toBe(""));

  test("every problem is told at once, by name and without the value", () => {
    const message = problems({
      PORT: "99999-sentinel",
      LOG_LEVEL: "loud-sentinel",
      DATABASE_URL: "sentinel",
    });
    expect(message).toContain("PORT must be a whole number from 1 to 65535");
    expect(message).toContain("LOG_LEVEL must be one of fatal, error, warn, info, debug, trace");
    expect(message).toContain("DATABASE_URL must look like postgresql://");
    expect(message).not.toContain("sentinel");
  });

  test("an empty value counts as absent", () => expect(problems({ PORT: "", NEON_WS_PROXY: "" })).toBe(""));

  test.each(["DATABASE_URL", "AUTH_SECRET"])("%s is required", (name) => {
    expect(problems({ [name]: "" })).toContain(`${name} is required`);
  });

  test.each([
    ["short", "Zk3v9QmXw7Lp"],
    ["one repeated character", "a".repeat(64)],
    ["digits alone", "48151623421081514234216234815162342108151423"],
    ["half a hex key", "9f86d081884c7d659a2feaa0c55ad015"],
    ["a well-known example", "your-super-secret-key-change-me-in-production!"],
  ])("AUTH_SECRET: %s is refused", (_, secret) => {
    expect(problems({ AUTH_SECRET: secret })).toContain("AUTH_SECRET must carry at least 32 random bytes");
  });

  test("AUTH_SECRET: 32 random bytes in hex are accepted", () => {
    expect(
      problems({ AUTH_SECRET: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }),
    ).toBe("");
  });

  test.each(["mysql://u@h/db", "postgresql://host", "postgresql://host/"])(
    "DATABASE_URL: %s is refused",
    (url) => {
      expect(problems({ DATABASE_URL: url })).toContain("DATABASE_URL must look like");
    },
  );

  test.each(["no-verify", "prefer", "allow"])("DATABASE_URL: sslmode=%s is refused", (mode) => {
    expect(problems({ DATABASE_URL: `postgresql://u:p@db.example.org/app?sslmode=${mode}` })).toContain(
      "unverified TLS",
    );
  });

  test("DATABASE_URL_UNPOOLED follows the same rules", () => {
    expect(problems({ DATABASE_URL_UNPOOLED: "nonsense" })).toContain("DATABASE_URL_UNPOOLED must look like");
  });

  test("DATABASE_DRIVER is one of three", () => {
    expect(problems({ DATABASE_DRIVER: "mysql" })).toContain("DATABASE_DRIVER must be one of auto, pg, neon");
  });

  test.each([
    ["PORT", "0"],
    ["DATABASE_POOL_MAX", "0"],
    ["DATABASE_CONNECT_TIMEOUT_MS", "99"],
    ["DATABASE_STATEMENT_TIMEOUT_MS", "1.5"],
    ["DATABASE_LOCK_TIMEOUT_MS", "soon"],
  ])("%s=%s is out of range", (name, value) => {
    expect(problems({ [name]: value })).toContain(`${name} must be a whole number from`);
  });

  test("NEON_WS_PROXY stays on this machine", () => {
    expect(problems({ NEON_WS_PROXY: "proxy.example.org:443/v1" })).toContain(
      "NEON_WS_PROXY must be a host and port",
    );
    expect(problems({ NEON_WS_PROXY: "127.0.0.1:5598/v1" })).toBe("");
  });

  test.each([
    "*",
    "https://app.example.org/",
    "app.example.org",
    "https://a.example.org;https://b.example.org",
  ])("ALLOWED_ORIGINS: %s is refused", (list) =>
    expect(problems({ ALLOWED_ORIGINS: list })).toContain("ALLOWED_ORIGINS must list origins"),
  );

  test("ALLOWED_ORIGINS is a list", () => {
    expect(problems({ ALLOWED_ORIGINS: "https://a.example.org, http://localhost:5173" })).toBe("");
  });

  test.each(["AUTH_SECRET_NEXT", "AUTH_SECRET_RETIRED", "METRICS_TOKEN"])(
    "%s follows the rules of AUTH_SECRET",
    (name) => {
      expect(problems({ [name]: "short" })).toContain(`${name} must carry at least 32 random bytes`);
    },
  );

  test.each([
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "must be the URL of a website"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/", "must not end with a slash"],
    ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "must be one of http/protobuf, http/json"],
    ["OTEL_TRACES_SAMPLER_ARG", "2", "must be a number from 0 to 1"],
    ["OTEL_TRACES_SAMPLER_ARG", "all", "must be a number from 0 to 1"],
  ])("%s=%s is refused", (name, value, told) => {
    expect(problems({ [name]: value })).toContain(`${name} ${told}`);
  });

  test("DEBUG_SQL is true or false", () => {
    expect(problems({ DEBUG_SQL: "yes", NODE_ENV: "development" })).toContain(
      "DEBUG_SQL must be one of true, false",
    );
  });

  describe.each([
    ["NODE_ENV", "production"],
    ["VERCEL", "1"],
  ])("with %s=%s", (name, value) => {
    const where = { NODE_ENV: "development", [name]: value };
    test.each([
      ["LOG_LEVEL", "debug"],
      ["LOG_LEVEL", "trace"],
      ["DEBUG_SQL", "true"],
    ])("T-47 %s=%s is refused", (name, value) => {
      expect(problems({ ...where, [name]: value, PORT: "0" })).toMatch(
        new RegExp(`PORT must be a whole number[^]*${name} must not be set so in production`),
      );
    });
  });

  test("debugging switches are allowed in development", () => {
    expect(problems({ NODE_ENV: "development", LOG_LEVEL: "trace", DEBUG_SQL: "true" })).toBe("");
  });

  test.each([
    [{ AUTH_GITHUB_ID: "x" }, "AUTH_GITHUB_SECRET is missing"],
    [{ AUTH_GOOGLE_SECRET: "x" }, "AUTH_GOOGLE_ID is missing"],
    [{ AUTH_OIDC_ISSUER: "https://id.example.org", AUTH_OIDC_SECRET: "x" }, "AUTH_OIDC_ID is missing"],
    [
      { AUTH_OIDC_ISSUER: "id.example.org", AUTH_OIDC_ID: "x", AUTH_OIDC_SECRET: "x" },
      "AUTH_OIDC_ISSUER must be",
    ],
  ])("T-50 a provider that is configured by halves is refused: %j", (variables, told) => {
    expect(problems(variables)).toContain(told);
  });

  test("T-50 one that is complete is accepted", () => {
    expect(problems({ AUTH_GITHUB_ID: "x", AUTH_GITHUB_SECRET: "y" })).toBe("");
  });

  describe("of a preview on Vercel", () => {
    const PRODUCTION_DATABASE_HOST = "ep-main-1.eu.aws.neon.tech";
    const problemsOf = (variables: Record<string, string>) =>
      problems({ VERCEL: "1", VERCEL_ENV: "preview", PRODUCTION_DATABASE_HOST, ...variables });
    const at = (host: string) => `postgresql://u:p@${host}/app`;

    test.each([
      ["DATABASE_URL", at(PRODUCTION_DATABASE_HOST)],
      ["DATABASE_URL", at("EP-main-1-pooler.eu.aws.neon.tech")],
      ["DATABASE_URL", `${at("elsewhere.example.org")}?host=${PRODUCTION_DATABASE_HOST}`],
      ["DATABASE_URL_UNPOOLED", at(PRODUCTION_DATABASE_HOST)],
    ])("is refused with %s=%s, production's database", (name, address) => {
      expect(problemsOf({ [name]: address })).toContain(`${name} is production's, and this is a preview`);
    });

    test("is refused when the host is written with its pooler", () => {
      const host = "ep-main-1-pooler.eu.aws.neon.tech";
      expect(
        problemsOf({ PRODUCTION_DATABASE_HOST: host, DATABASE_URL: at(PRODUCTION_DATABASE_HOST) }),
      ).toContain("DATABASE_URL is production's");
    });

    test("is refused when nobody says which database production's is", () => {
      expect(problemsOf({ PRODUCTION_DATABASE_HOST: "" })).toContain(
        "PRODUCTION_DATABASE_HOST is required in a preview",
      );
      expect(problemsOf({ PRODUCTION_DATABASE_HOST: "https://x.example.org" })).toContain(
        "PRODUCTION_DATABASE_HOST must be a host alone",
      );
    });

    test("is accepted with a database of its own, and production with production's", () => {
      expect(problemsOf({ DATABASE_URL: at("ep-preview-2.eu.aws.neon.tech") })).toBe("");
      expect(problemsOf({ VERCEL_ENV: "production", DATABASE_URL: at(PRODUCTION_DATABASE_HOST) })).toBe("");
    });
  });
});
