import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";

// What is printed comes from the running code, which wants its environment, but asks nothing of a database.
process.env.AUTH_SECRET ||= randomBytes(32).toString("hex");
process.env.DATABASE_URL ||= "postgresql://unused@127.0.0.1:1/unused";

const { pages } = await import("./docs/pages");
for (const [path, print] of Object.entries(pages)) {
  writeFileSync(path, await print());
  console.log(`wrote ${path}`);
}
