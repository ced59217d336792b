import { z } from "zod";
import {
  choice,
  flag,
  integer,
  origins,
  postgresUrl,
  publicUrl,
  secret,
  share,
  smtpUrl,
  webUrl,
} from "./env-values";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

const REFUSED = "must not be set so in production";

const settings = {
  NODE_ENV: choice(["development", "test", "production"])
    .default("development")
    .describe("Set by the commands; leave it alone"),
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address to listen on; 0.0.0.0 opens the service to the network"),
  PORT: integer(1, 65535).default(3000).describe("Port to listen on"),
  WEB_CONCURRENCY: integer(1, 64)
    .default(1)
    .describe(
      "Processes that share the port, one for each core; each holds connections and limits of its own",
    ),
  DRAIN_SECONDS: integer(0, 60)
    .default(0)
    .describe(
      "How long a process that was told to end goes on taking requests while /health/ready says 503: longer than a balancer takes to notice",
    ),
  DATABASE_URL: postgresUrl.describe(
    "PostgreSQL to use; when empty, `npm start` runs one of its own in .data/. TLS is verified for every host but this machine",
  ),
  DATABASE_URL_UNPOOLED: postgresUrl
    .optional()
    .describe("The same database without a pooler, for migrations (Neon sets it); DATABASE_URL when empty"),
  PRODUCTION_DATABASE_HOST: z
    .string()
    .regex(/^[a-z\d.-]+$/i, "must be a host alone: ep-some-name-123.eu-central-1.aws.neon.tech")
    .optional()
    .describe("Where production's data is. Every preview on Vercel needs it, and none may use that database"),
  DATABASE_DRIVER: choice(["auto", "pg", "neon"])
    .default("auto")
    .describe("auto picks neon for hosts under neon.tech and pg for every other"),
  DATABASE_POOL_MAX: integer(1, 200).default(10).describe("Connections that one process may hold"),
  DATABASE_PREPARE: choice(["on", "off"])
    .default("on")
    .describe(
      "off for a pooler that knows no prepared statements: PgBouncer before 1.21, or without max_prepared_statements",
    ),
  DATABASE_CONNECT_TIMEOUT_MS: integer(100, 60_000)
    .default(2_000)
    .describe("How long a request waits for a connection before it is answered with 503"),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(100, 600_000)
    .default(2_500)
    .describe("How long one statement may run before it is cancelled and answered with 503"),
  DATABASE_LOCK_TIMEOUT_MS: integer(100, 600_000)
    .default(2_000)
    .describe("How long one statement may wait for a lock before it is cancelled and answered with 503"),
  NEON_WS_PROXY: z
    .string()
    .refine(
      (value) => LOOPBACK.test(value.replace(/:\d+(\/.*)?$/, "")),
      "must be a host and port of this machine",
    )
    .optional()
    .describe("Sends the Neon driver to a WebSocket proxy on this machine (tests do)"),
  AUTH_SECRET: secret.describe("Signs tokens; when empty, `npm start` makes one in .data/"),
  AUTH_SECRET_NEXT: secret
    .optional()
    .describe("While the secret is changed: the coming one, accepted before any instance signs with it"),
  AUTH_SECRET_RETIRED: secret
    .optional()
    .describe("While the secret is changed: the former one, accepted until what it signed has expired"),
  ALLOWED_ORIGINS: origins
    .default([])
    .describe("Web origins, separated by commas, whose pages may call the API: https://app.example.org"),
  AUTH_URL: publicUrl
    .optional()
    .describe(
      "The address that people reach the service at. https makes cookies secure; mailed links begin with it",
    ),
  TRUSTED_PROXY_HOPS: integer(0, 10)
    .default(0)
    .describe("How many proxies in front add to X-Forwarded-For; 0 believes none of it"),
  RATE_LIMIT_PER_MINUTE: integer(1, 1_000_000)
    .default(600)
    .describe("Requests that one user, or one address without a token, may make to one process in a minute"),
  SYNC_WAIT_MAX_SECONDS: integer(0, 25)
    .default(25)
    .describe("How long a sync request may be held while there is nothing new; always 0 on Vercel"),
  CRON_SECRET: secret
    .optional()
    .describe("Lets a scheduler call GET /api/cron/purge with it as bearer token; needless with `npm start`"),
  METRICS_TOKEN: secret
    .optional()
    .describe("Lets Prometheus read GET /metrics with it as bearer token; without it there is no such path"),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl
    .refine((url) => !url.endsWith("/"), "must not end with a slash")
    .optional()
    .describe("Sends traces to an OpenTelemetry collector: http://127.0.0.1:4318"),
  OTEL_EXPORTER_OTLP_PROTOCOL: choice(["http/protobuf", "http/json"])
    .default("http/protobuf")
    .describe("How traces are sent"),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe("What the collector wants to know of us: authorization=Bearer%20…,x-team=tasks"),
  OTEL_SERVICE_NAME: z.string().default("fourfold").describe("What the traces call this service"),
  OTEL_TRACES_SAMPLER_ARG: share
    .default(1)
    .describe("The share of requests that are traced; one that arrives with a trace follows its caller"),
  SIGNUPS: choice(["open", "closed"])
    .default("open")
    .describe("closed: accounts are made by `npm run user` alone"),
  LEGACY_TOKENS: choice(["on", "off"])
    .default("on")
    .describe("off leaves out the 24-hour token for clients that cannot refresh"),
  SMTP_URL: smtpUrl
    .optional()
    .describe(
      "Sends mail: smtps://user:password@mail.example.org:465; when empty, mail is written to .data/outbox/. smtp:// must offer STARTTLS; ?ignoreTLS=true on a private network",
    ),
  MAIL_FROM: z.string().default("Fourfold <fourfold@localhost>").describe("The sender of that mail"),
  BREACHED_PASSWORDS_URL: webUrl
    .optional()
    .describe("Refuses passwords known from breaches: https://api.pwnedpasswords.com/range/ or one like it"),
};

/** Each of these is set together with the rest of its group, or not at all. */
const providers = {
  AUTH_GITHUB_ID: z.string().optional().describe("Sign-in with GitHub: the OAuth app's id"),
  AUTH_GITHUB_SECRET: z.string().optional().describe("and its secret"),
  AUTH_GOOGLE_ID: z.string().optional().describe("Sign-in with Google: the OAuth client's id"),
  AUTH_GOOGLE_SECRET: z.string().optional().describe("and its secret"),
  AUTH_OIDC_ISSUER: webUrl.optional().describe("Sign-in with any OpenID provider: the issuer's URL"),
  AUTH_OIDC_ID: z.string().optional().describe("the client's id there"),
  AUTH_OIDC_SECRET: z.string().optional().describe("and its secret"),
  AUTH_OIDC_NAME: z.string().default("single sign-on").describe("and what its button calls it"),
};

export const GROUPS = [
  ["AUTH_GITHUB_ID", "AUTH_GITHUB_SECRET"],
  ["AUTH_GOOGLE_ID", "AUTH_GOOGLE_SECRET"],
  ["AUTH_OIDC_ISSUER", "AUTH_OIDC_ID", "AUTH_OIDC_SECRET"],
] as const;

/** Set by Vercel, not by people. */
export const platformVariables = {
  VERCEL: z.string().optional(),
  VERCEL_ENV: z.string().optional(),
  VERCEL_URL: z.string().optional(),
  VERCEL_PROJECT_PRODUCTION_URL: z.string().optional(),
};

const switches = (isProduction: boolean) => ({
  LOG_LEVEL: choice(["fatal", "error", "warn", "info", "debug", "trace"])
    .default("info")
    .refine((level) => !isProduction || !["debug", "trace"].includes(level), REFUSED)
    .describe("How much is logged; debug and trace are refused in production"),
  DEBUG_SQL: flag
    .default(false)
    .refine((isOn) => !isProduction || !isOn, REFUSED)
    .describe("true logs the text of every statement; refused in production"),
});

export const variables = (isProduction: boolean) => ({
  ...settings,
  ...providers,
  ...switches(isProduction),
});

/** What the documentation and `.env.example` are printed from. */
export const ENV_VARIABLES = Object.entries(variables(false)).map(([name, schema]) => ({
  name,
  description: schema.description ?? "",
  default: schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : "",
  isRequired: !schema.isOptional(),
}));

export const isLoopback = (host: string) => LOOPBACK.test(host);
