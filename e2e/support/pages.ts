import { readdirSync } from "node:fs";
import { sep } from "node:path";

export type PageRoute = {
  /** As in the address, with the names of what is variable: `/task/[id]`. */
  route: string;
  isForSignedIn: boolean;
};

/** Every page of the product: a new one is measured and tested without being told of. */
export const pages: readonly PageRoute[] = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((path) => path.split(sep))
  .filter((parts) => parts.at(-1) === "page.tsx")
  .map((parts) => ({
    route: `/${parts
      .slice(0, -1)
      .filter((part) => !part.startsWith("("))
      .join("/")}`,
    isForSignedIn: parts[0] === "(app)",
  }))
  .toSorted((a, b) => a.route.localeCompare(b.route));

/** An address of it, for somebody who has this task. */
export const addressOf = ({ route }: PageRoute, taskId: string): string =>
  route.replace("[id]", taskId).replace("[quadrant]", "1");
