import cluster from "node:cluster";
import { fileURLToPath } from "node:url";
import { env } from "@/lib/env";
import { serve } from "./serve";
import { supervise } from "./workers";

process.title = "fourfold-server";

if (env.WEB_CONCURRENCY > 1 && cluster.isPrimary)
  supervise(env.WEB_CONCURRENCY, fileURLToPath(import.meta.url));
else await serve();
