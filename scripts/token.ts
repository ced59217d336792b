import { join } from "node:path";
import { parseArgs } from "node:util";
import { openEmbedded } from "@/lib/db/embedded";
import { keepSecret } from "@/lib/db/embedded/secret";
import { AppError } from "@/lib/errors";

const LIFETIME_SECONDS = 60 * 60;

const { positionals } = parseArgs({ allowPositionals: true });
const [email = ""] = positionals;
if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
  console.error(
    "Usage: npm run token -- EMAIL\nPrints an access token of an hour for this person, who is made when missing.",
  );
  process.exit(1);
}
const embedded = process.env.DATABASE_URL ? undefined : await openEmbedded();
process.env.DATABASE_URL ||= embedded?.url;
process.env.AUTH_SECRET ||= await keepSecret(join(".data", "auth-secret"));
console.log(await tokenOf(email));
await embedded?.close();

async function tokenOf(email: string): Promise<string> {
  const { database } = await import("@/lib/db/client");
  const { createUser, findUserByEmail } = await import("@/lib/users/users");
  const { signAccessToken } = await import("@/lib/auth/tokens");
  const { SCOPES } = await import("@/lib/scopes");
  const { db, close } = database();
  const { id, ...person } = await createUser({ db }, { email, name: null }).catch((error) => {
    if (error instanceof AppError && error.code === "conflict") return findUserByEmail({ db }, email);
    throw error;
  });
  await close();
  const subject = { ...person, userId: id, sessionId: null, scopes: SCOPES, authenticatedAt: new Date() };
  return signAccessToken(subject, LIFETIME_SECONDS);
}
