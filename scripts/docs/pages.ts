import { dataModelPage } from "@/lib/db/data-model";
import { configurationPage, envExample } from "./configuration";

/** The files that are printed from the code, by path. */
export const pages: Record<string, () => string> = {
  ".env.example": envExample,
  "docs/configuration.md": configurationPage,
  "docs/data-model.md": dataModelPage,
};
