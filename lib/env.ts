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
  if (missing.length > 0)
    refuse(
      missing.map(({ name, group }) => ({
        path: [name],
        message: `is missing: ${group.join(", ")} are set together or not at all`,
      })),
    );
  return values;
}

export const env = readEnv();

export const isVercelPreview = env.VERCEL_ENV === "preview";

/** Where people reach the service. Never taken from a request: a mailed link must not lead where a stranger says. */
export const publicUrl = env.AUTH_URL ?? vercelUrl() ?? `http://localhost:${env.PORT}`;

function vercelUrl(): string | undefined {
  const host = isVercelPreview ? env.VERCEL_URL : (env.VERCEL_PROJECT_PRODUCTION_URL ?? env.VERCEL_URL);
  return env.VERCEL && host ? `https://${host}` : undefined;
}
