import { writeFileSync } from "node:fs";
import { pages } from "./docs/pages";

for (const [path, print] of Object.entries(pages)) {
  writeFileSync(path, print());
  console.log(`wrote ${path}`);
}
