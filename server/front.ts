import cluster from "node:cluster";
import { fileURLToPath } from "node:url";
import { env } from "@/lib/env";
import { servePages } from "./pages/serve";
import { supervise } from "./processes/supervise";
import { serve } from "./serve";

/** Loading Next takes a third of what a handler of the API can do, so the two live in processes of their own. */
const ROLES = { api: serve, pages: servePages };

const [, , role = ""] = process.argv;

process.title = "fourfold-server";

if (cluster.isPrimary) supervise(env.WEB_CONCURRENCY, fileURLToPath(import.meta.url));
else if (role === "api" || role === "pages") await ROLES[role]();
