import { join } from "node:path";
import { parseArgs } from "node:util";
import type { PublicCtx } from "@/lib/context";
import { openEmbedded } from "@/lib/db/embedded";
import { keepSecret } from "@/lib/db/embedded/secret";
import { AppError } from "@/lib/errors";

const USAGE = `Usage:
  npm run user -- create EMAIL     make an account and print its password
  npm run user -- reset EMAIL      print a new password; every device is signed out
  npm run user -- disable EMAIL    sign every device out, and let nobody in
  npm run user -- enable EMAIL     let them in again`;

type Command = (ctx: PublicCtx, email: string) => Promise<string>;

const { positionals } = parseArgs({ allowPositionals: true });
const [name = "", email = ""] = positionals;
if (!USAGE.includes(` -- ${name} EMAIL`) || !/^[^\s@]+@[^\s@]+$/.test(email) || positionals.length > 2) {
  console.error(USAGE);
  process.exit(1);
}
const embedded = process.env.DATABASE_URL ? undefined : await openEmbedded();
process.env.DATABASE_URL ||= embedded?.url;
process.env.AUTH_SECRET ||= await keepSecret(join(".data", "auth-secret"));
process.exitCode = await run();
await embedded?.close();

async function run(): Promise<number> {
  const { Email } = await import("@/lib/auth/schemas");
  const command = (await commands())[name];
  const { data: address } = Email.safeParse(email);
  if (!command || !address) {
    console.error(USAGE);
    return 1;
  }
  const { database } = await import("@/lib/db/client");
  const { db, close } = database();
  try {
    console.log(await command({ db }, address));
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await close();
  }
}

/** Imported once the environment is complete. */
async function commands(): Promise<Record<string, Command>> {
  const { createUserFor, resetUser, setUserActive } = await import("@/lib/auth/operator");
  return {
    create: async (ctx, email) => `The password of ${email}: ${(await createUserFor(ctx, email)).password}`,
    reset: async (ctx, email) => `The new password of ${email}: ${(await resetUser(ctx, email)).password}`,
    disable: async (ctx, email) => {
      await setUserActive(ctx, email, false);
      return `${email} is disabled.`;
    },
    enable: async (ctx, email) => {
      await setUserActive(ctx, email, true);
      return `${email} can sign in again.`;
    },
  };
}
