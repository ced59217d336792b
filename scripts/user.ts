import type { PublicCtx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { withDatabase } from "./launch/with-database";

const USAGE = `Usage:
  npm run user -- create EMAIL     make an account and print its password
  npm run user -- reset EMAIL      print a new password; every device is signed out
  npm run user -- disable EMAIL    sign every device out, and let nobody in
  npm run user -- enable EMAIL     let them in again`;

/** Imported once the environment is complete. */
const operator = () => import("@/lib/auth/operator");

const commands: Record<string, (ctx: PublicCtx, email: string) => Promise<string>> = {
  create: async (ctx, email) => {
    const { password } = await (await operator()).createUserFor(ctx, email);
    return `The password of ${email}: ${password}`;
  },
  reset: async (ctx, email) => {
    const { password } = await (await operator()).resetUser(ctx, email);
    return `The new password of ${email}: ${password}`;
  },
  disable: async (ctx, email) => {
    await (await operator()).setUserActive(ctx, email, false);
    return `${email} is disabled.`;
  },
  enable: async (ctx, email) => {
    await (await operator()).setUserActive(ctx, email, true);
    return `${email} can sign in again.`;
  },
};

const [name = "", email, ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command && email && rest.length === 0) await withDatabase((ctx) => run(ctx, command, email));
else fail(USAGE);

async function run(ctx: PublicCtx, command: (typeof commands)[string], text: string): Promise<void> {
  const { Email } = await import("@/lib/auth/schemas");
  const { data: email } = Email.safeParse(text);
  if (!email) return fail(`${text} is no e-mail address.`);
  try {
    console.log(await command(ctx, email));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    fail(error.message);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
