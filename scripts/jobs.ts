import { join } from "node:path";
import { openEmbedded } from "@/lib/db/embedded";
import { keepSecret } from "@/lib/db/embedded/secret";

const embedded = process.env.DATABASE_URL ? undefined : await openEmbedded();
process.env.DATABASE_URL ||= embedded?.url;
process.env.AUTH_SECRET ||= await keepSecret(join(".data", "auth-secret"));

const { database } = await import("@/lib/db/client");
const { purge } = await import("@/lib/jobs/purge");
const { db, close } = database();
let isComplete = false;
while (!isComplete) {
  const round = await purge({ db });
  for (const [name, count] of Object.entries(round.purged))
    console.log(`${name.padEnd(10)} ${count} removed`);
  isComplete = round.isComplete;
}
await close();
await embedded?.close();
