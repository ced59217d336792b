import { describe, expect, test } from "vitest";
import { contentSecurityPolicy } from "./csp";

const policyOf = (options: Partial<Parameters<typeof contentSecurityPolicy>[0]> = {}) =>
  contentSecurityPolicy({ nonce: "bm9uY2U=", formTargets: [], isDevelopment: false, ...options });

describe("the content security policy of a page", () => {
  test("names every source, and no script but this answer's own", () => {
    expect(policyOf()).toBe(
      "default-src 'self'; script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'; " +
        "style-src 'self' 'nonce-bm9uY2U='; worker-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; " +
        "form-action 'self'; frame-ancestors 'none'",
    );
  });

  test("lets forms lead to the providers that are configured", () => {
    const policy = policyOf({ formTargets: ["https://github.com", "https://id.example.org:8443"] });
    expect(policy).toContain("form-action 'self' https://github.com https://id.example.org:8443;");
  });

  test("allows eval in development alone, and inline scripts nowhere", () => {
    expect(policyOf({ isDevelopment: true })).toContain("'unsafe-eval'");
    expect(policyOf()).not.toContain("unsafe");
    expect(policyOf({ isDevelopment: true })).not.toMatch(/script-src[^;]*unsafe-inline/);
  });
});
