import { join } from "node:path";
import type { PublicCtx } from "@/lib/context";
import { openEmbedded } from "@/lib/db/embedded";
import { keepSecret } from "@/lib/db/embedded/secret";

/** Works on what `npm start` serves: with its database and its secret. */
export async function withDatabase(work: (ctx: PublicCtx) => Promise<void>): Promise<void> {
  const embedded = process.env.DATABASE_URL ? undefined : await openEmbedded();
  process.env.DATABASE_URL ||= embedded?.url;
  process.env.AUTH_SECRET ||= await keepSecret(join(".data", "auth-secret"));
  // Reads the environment, which is complete only now.
  const { database } = await import("@/lib/db/client");
  const { db, close } = database();
  try {
    await work({ db });
  } finally {
    await close();
    await embedded?.close();
  }
}
