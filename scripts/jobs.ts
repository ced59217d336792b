import { withDatabase } from "./launch/with-database";

await withDatabase(async (ctx) => {
  const { purge } = await import("@/lib/jobs/purge");
  let isComplete = false;
  while (!isComplete) {
    const round = await purge(ctx);
    for (const [name, count] of Object.entries(round.purged))
      console.log(`${name.padEnd(10)} ${count} removed`);
    isComplete = round.isComplete;
  }
});
