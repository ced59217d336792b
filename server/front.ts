import cluster from "node:cluster";
import { fileURLToPath } from "node:url";
import { env } from "@/lib/env";
import { servePages } from "./pages/serve";
import { supervise } from "./processes/supervise";
import { serve } from "./serve";

/** The handlers of the API do less with Next in their process, so the two live in processes of their own. */
const ROLES = { api: serve, pages: servePages };

const [, , role = ""] = process.argv;

process.title = "fourfold-server";

if (cluster.isPrimary) supervise(env.WEB_CONCURRENCY, fileURLToPath(import.meta.url));
else if (role === "api" || role === "pages") await ROLES[role]();
