import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["{app,lib,scripts,server,drizzle,e2e}/**/*.test.ts"],
    globalSetup: ["e2e/support/global-setup.ts"],
    env: {
      DATABASE_URL: "postgresql://unused@127.0.0.1:1/unused",
      AUTH_SECRET: "0Kx9uQ2bWmZr7LpYcVnT4hGdJfSaE6iOoXqNwBzRvAk",
    },
    testTimeout: 15_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // For the reason that e2e/playwright.config.ts gives.
    retry: process.env.CI ? 1 : 0,
  },
});
