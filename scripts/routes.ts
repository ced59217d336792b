import { writeFileSync } from "node:fs";
import { routesPage } from "./docs/routes";

// Before everything else of `npm run docs`: a program that imports the list of a route that is gone cannot be bundled.
const PATH = "server/routes.gen.ts";
writeFileSync(PATH, routesPage());
console.log(`wrote ${PATH}`);
