import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import { flushTraces, startTracing } from "@/lib/tracing/start";
import { onEnd } from "../processes/ending";
import { shareMetrics } from "../processes/metrics";
import { shareRevocations } from "../processes/revocations";
import { tellOthers } from "../processes/told";

const LAST_ANSWERS_MS = 10_000;

/** Next alone, for nobody but the processes that serve the API, which pass on to it what is not theirs. */
export async function servePages(): Promise<void> {
  await startTracing();
  shareMetrics();
  shareRevocations();
  // Loaded here alone: the other processes share this file.
  const { default: next } = await import("next");
  const app = next({ dev: false, hostname: env.HOST, port: env.PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  // Connections are kept by whoever passes requests on, and every time limit is theirs.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    handle(request, response).catch((error: unknown) => fail(response, error));
  });
  server.listen({ host: "127.0.0.1", port: 0, exclusive: true });
  await once(server, "listening");
  const address = server.address();
  if (address && typeof address === "object") tellOthers({ kind: "fourfold:pages", port: address.port });
  onEnd(async () => {
    server.keepAliveTimeout = 1;
    setTimeout(() => process.exit(1), LAST_ANSWERS_MS).unref();
    await new Promise((resolve) => server.close(resolve));
    await app.close();
    await flushTraces();
  });
}

function fail(response: ServerResponse, error: unknown): void {
  log.error(describeError(error), "Next failed to answer a request.");
  if (!response.headersSent) response.writeHead(500);
  response.end();
}
