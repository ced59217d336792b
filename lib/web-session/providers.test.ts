import { afterEach, describe, expect, test, vi } from "vitest";

const GITHUB = { AUTH_GITHUB_ID: "id", AUTH_GITHUB_SECRET: "secret" };

const OIDC = {
  AUTH_OIDC_ISSUER: "https://id.example.org:8443/realms/home",
  AUTH_OIDC_ID: "id",
  AUTH_OIDC_SECRET: "secret",
};

/** As they are in a process with this environment. */
async function providersWith(environment: Record<string, string>) {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { providers, providerOrigins } = await import("./providers");
  return { ids: providers.map(({ id }) => id), origins: providerOrigins };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the providers that one can sign in through", () => {
  test("are none unless they are configured", async () => {
    expect(await providersWith({})).toEqual({ ids: [], origins: [] });
  });

  test("are those that are configured, and forms may lead to them", async () => {
    expect(await providersWith({ ...GITHUB, ...OIDC })).toEqual({
      ids: ["github", "oidc"],
      origins: ["https://github.com", "https://id.example.org:8443"],
    });
  });

  test("are none on a preview, whatever is configured", async () => {
    const preview = {
      VERCEL: "1",
      VERCEL_ENV: "preview",
      VERCEL_URL: "x.vercel.app",
      PRODUCTION_DATABASE_HOST: "db.example.org",
    };
    expect(await providersWith({ ...GITHUB, ...OIDC, ...preview })).toEqual({ ids: [], origins: [] });
    const production = { ...preview, VERCEL_ENV: "production" };
    expect((await providersWith({ ...GITHUB, ...production })).ids).toEqual(["github"]);
  });
});
