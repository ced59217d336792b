import { createEnv } from "@t3-oss/env-nextjs";
import { GROUPS, platformVariables, variables } from "./env-variables";

export { isLoopback } from "./env-variables";

export class EnvError extends Error {
  override readonly name = "EnvError";
}

function refuse(issues: readonly { path?: readonly unknown[]; message: string }[]): never {
  const lines = issues.map((issue) => {
    const segment = issue.path?.[0];
    const name = typeof segment === "object" && segment && "key" in segment ? segment.key : segment;
    const isMissing = issue.message.includes("received undefined");
    return `  ${String(name)} ${isMissing ? "is required: see .env.example" : issue.message}`;
  });
  const error = new EnvError(`The environment has ${lines.length} problem(s):\n${lines.join("\n")}`);
  error.stack = error.message;
  throw error;
}

/** Reads and checks the environment as it is now; the application uses the `env` below. */
export function readEnv() {
  const values = createEnv({
    server: {
      ...variables(process.env.NODE_ENV === "production" || Boolean(process.env.VERCEL)),
      ...platformVariables,
    },
    experimental__runtimeEnv: {},
    emptyStringAsUndefined: true,
    onValidationError: refuse,
  });
  const missing = GROUPS.filter((group) => group.some((name) => values[name] !== undefined)).flatMap(
    (group) => group.filter((name) => values[name] === undefined).map((name) => ({ name, group })),
  );
  const problems = [
    ...missing.map(({ name, group }) => ({
      path: [name],
      message: `is missing: ${group.join(", ")} are set together or not at all`,
    })),
    ...(values.VERCEL_ENV === "preview" ? previewProblems(values) : []),
  ];
  if (problems.length > 0) refuse(problems);
  return values;
}

const ADDRESSES = ["DATABASE_URL", "DATABASE_URL_UNPOOLED"] as const;

type Hosts = Partial<Record<(typeof ADDRESSES)[number] | "PRODUCTION_DATABASE_HOST", string | undefined>>;

/** A preview runs code that nobody has approved yet, and its build migrates the database that it is given. */
function previewProblems({ PRODUCTION_DATABASE_HOST: production, ...addresses }: Hosts) {
  if (!production) {
    const message = "is required in a preview, to tell production's database from others";
    return [{ path: ["PRODUCTION_DATABASE_HOST"], message }];
  }
  const message = "is production's, and this is a preview: give previews a branch of the database";
  const isProduction = (address = "") => address !== "" && hostOf(address) === direct(production);
  return ADDRESSES.filter((name) => isProduction(addresses[name])).map((name) => ({ path: [name], message }));
}

const hostOf = (address: string) => {
  const { hostname, searchParams } = new URL(address);
  return direct(searchParams.get("host") ?? hostname);
};

/** Neon reaches one database by two names. */
const direct = (host: string) => host.toLowerCase().replace("-pooler.", ".");

export const env = readEnv();

export const isVercelPreview = env.VERCEL_ENV === "preview";

/** Where people reach the service. Never taken from a request: a mailed link must not lead where a stranger says. */
export const publicUrl = env.AUTH_URL ?? vercelUrl() ?? `http://localhost:${env.PORT}`;

function vercelUrl(): string | undefined {
  const host = isVercelPreview ? env.VERCEL_URL : (env.VERCEL_PROJECT_PRODUCTION_URL ?? env.VERCEL_URL);
  return env.VERCEL && host ? `https://${host}` : undefined;
}
