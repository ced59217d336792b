import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

// What is printed comes from the running code, which wants its environment, but asks nothing of a database.
process.env.AUTH_SECRET ||= randomBytes(32).toString("hex");
process.env.DATABASE_URL ||= "postgresql://unused@127.0.0.1:1/unused";

const SNAPSHOT = "lib/client/openapi.json";

const { pages } = await import("./docs/pages");
const { breakingChanges } = await import("@/server/breaking");
const { describeApi } = await import("@/server/openapi");

const broken = existsSync(SNAPSHOT)
  ? breakingChanges(JSON.parse(readFileSync(SNAPSHOT, "utf8")), describeApi())
  : [];
if (broken.length) {
  console.error(
    `v1 only ever gains, and clients would stumble over this:\n${broken.map((line) => `  ${line}`).join("\n")}`,
  );
  process.exit(1);
}
for (const [path, print] of Object.entries(pages)) {
  writeFileSync(path, await print());
  console.log(`wrote ${path}`);
}
