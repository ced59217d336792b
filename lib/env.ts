import { createEnv } from "@t3-oss/env-nextjs";
import { variables } from "./env-variables";

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
  return createEnv({
    server: variables(process.env.NODE_ENV === "production" || Boolean(process.env.VERCEL)),
    experimental__runtimeEnv: {},
    emptyStringAsUndefined: true,
    onValidationError: refuse,
  });
}

export const env = readEnv();
