import { dataModelPage } from "@/lib/db/data-model";
import { describeApi } from "@/server/openapi";
import { clientPage } from "./client";
import { configurationPage, envExample } from "./configuration";
import { routesPage } from "./routes";

/** The files that are printed from the code, by path. */
export const pages: Record<string, () => string> = {
  ".env.example": envExample,
  "docs/configuration.md": configurationPage,
  "docs/data-model.md": dataModelPage,
  "lib/client/api.gen.ts": () => clientPage(describeApi()),
  "lib/client/openapi.json": () => `${JSON.stringify(describeApi(), null, 2)}\n`,
  "server/routes.gen.ts": routesPage,
};
