import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROOTS = ["app/api", "app/health"];
/** Not for clients of the API: the browser session and the scheduler. */
const INTERNAL = /^app\/api\/(auth|cron)\//;

/** server/routes.gen.ts */
export function routesPage(): string {
  const files = ROOTS.flatMap(routeFiles).filter((path) => !INTERNAL.test(path));
  const routes = files
    .map((file) => ({ file, pattern: patternOf(file) }))
    .sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
  const imports = routes.map(({ file }, index) => `import * as r${index} from "@/${file.slice(0, -3)}";`);
  const entries = routes.map(({ pattern }, index) => `  { pattern: "${pattern}", methods: r${index} },`);
  return `// Printed from the file tree by \`npm run docs\`.
${imports.join("\n")}
import type { RouteModule } from "./manifest";

export const routes: readonly RouteModule[] = [
${entries.join("\n")}
];
`;
}

const routeFiles = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name).replaceAll("\\", "/"))
    .filter((path) => path.endsWith("/route.ts"));

/** `app/api/v1/tasks/[id]/route.ts` → `/api/v1/tasks/{id}` */
const patternOf = (file: string) =>
  file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\/\([^)]*\)/g, "")
    .replaceAll(/\[+/g, "{")
    .replaceAll(/\]+/g, "}");
