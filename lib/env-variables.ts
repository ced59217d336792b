import { z } from "zod";

const integer = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

const flag = choice(["true", "false"]).transform((value) => value === "true");

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

const POSTGRES_URL = "must look like postgresql://user:password@host:5432/database";
const UNVERIFIED =
  "must not ask for unverified TLS: use sslmode=verify-full, or sslmode=disable on a private network";

const postgresUrl = z.string().superRefine((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isPostgres = url?.protocol === "postgresql:" || url?.protocol === "postgres:";
  if (!url || !isPostgres || url.pathname.length < 2)
    context.addIssue({ code: "custom", message: POSTGRES_URL });
  else if (["allow", "prefer", "no-verify"].includes(url.searchParams.get("sslmode") ?? ""))
    context.addIssue({ code: "custom", message: UNVERIFIED });
});

const REFUSED = "must not be set so in production";

const EXAMPLE_SECRETS = /secret|change|example|password|replace|default|1234567/i;

/** Random hex carries 4 bits a character and random base64 carries 6; a repeated or typed phrase carries less. */
function isSecret(value: string): boolean {
  const bitsPerCharacter = /^\d+$/.test(value) ? 3 : /^[0-9a-f]+$/i.test(value) ? 4 : 6;
  const isVaried = new Set(value).size >= 12;
  return value.length * bitsPerCharacter >= 256 && isVaried && !EXAMPLE_SECRETS.test(value);
}

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && text !== "null";

const origins = z
  .string()
  .transform((text) => text.split(",").map((origin) => origin.trim()))
  .refine(
    (list) => list.every(isOrigin),
    "must list origins alone: https://app.example.org,http://localhost:5173",
  );

const publicUrl = z.string().refine(isOrigin, "must be an origin alone: https://tasks.example.org");

const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol),
    "must look like smtps://user:password@mail.example.org:465",
  );

const isWebUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const webUrl = z.string().refine(isWebUrl, "must be the URL of a website");

const secret = z
  .string()
  .refine(isSecret, "must carry at least 32 random bytes: run `openssl rand -base64 32`");

const settings = {
  NODE_ENV: choice(["development", "test", "production"])
    .default("development")
    .describe("Set by the commands; leave it alone"),
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address to listen on; 0.0.0.0 opens the service to the network"),
  PORT: integer(1, 65535).default(3000).describe("Port to listen on"),
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
