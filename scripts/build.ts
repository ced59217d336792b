import { bundle } from "./bundle.mjs";
import { build } from "./launch/build";
import { explain } from "./launch/explain";

/** What an image runs, where there is nothing that could bundle: the server, the operator's commands, Next's settings. */
const PROGRAMS = {
  "server.mjs": "server/front.ts",
  "db.mjs": "scripts/db.ts",
  "user.mjs": "scripts/user.ts",
  "jobs.mjs": "scripts/jobs.ts",
  "next.config.mjs": "next.config.ts",
};

try {
  await build();
  for (const [name, entry] of Object.entries(PROGRAMS)) await bundle(entry, `dist/${name}`);
  console.log(`  The programs are in dist/: ${Object.keys(PROGRAMS).join(", ")}.`);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
