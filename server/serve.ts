import cluster from "node:cluster";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { beginDraining, isDraining } from "@/lib/draining";
import { env } from "@/lib/env";
import { PEER_HEADER, peerSecret } from "@/lib/http/trusted-address";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { describeError, log } from "@/lib/log";
import { wakeEverybody } from "@/lib/sync/waiting";
import { flushTraces, startTracing } from "@/lib/tracing/start";
import { shareMetrics } from "./cluster-metrics";
import { dispatch } from "./direct/dispatch";

const TIMEOUTS = {
  /** Longer than the minute after which balancers drop an idle connection: whoever drops first must not be us. */
  keepAliveTimeout: 75_000,
  /** Who sends more slowly than this is nobody's client. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

const LAST_ANSWERS_MS = 10_000;

/** Serves until a signal: the API itself, and everything else through Next. */
export async function serve(): Promise<void> {
  await startTracing();
  if (cluster.isWorker) shareMetrics();
  const { default: next } = await import("next");
  const app = next({ dev: false, hostname: env.HOST, port: env.PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const secret = peerSecret();

  const server = createServer(TIMEOUTS, (request, response) => {
    // Overwrites what the client says about itself.
    request.headers[PEER_HEADER] = `${secret} ${request.socket.remoteAddress ?? ""}`;
    if (isDraining()) response.setHeader("connection", "close");
    response.once("finish", () => discardRest(request));
    if (dispatch(request, response)) return;
    handle(request, response).catch((error: unknown) => fail(response, error));
  });

  const stop = async () => {
    await end(server);
    await app.close();
    await flushTraces();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => !isDraining() && stop().then(() => process.exit(0)));
  server.listen(env.PORT, env.HOST);
  await once(server, "listening");
  keepHouse({ db: database().db });
}

/** Of a body that was refused unread: left where it is, it would hold up the next request of the connection. */
function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  request.removeAllListeners("readable");
  request.resume();
}

function fail(response: ServerResponse, error: unknown): void {
  log.error(describeError(error), "Next failed to answer a request.");
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

/** Says that it is about to end for as long as the balancer needs to hear it; then answers what it has been asked, and nothing new. */
async function end(server: Server): Promise<void> {
  beginDraining();
  wakeEverybody();
  await sleep(env.DRAIN_SECONDS * 1000);
  // A connection that is kept for a next request is closed as soon as there is none.
  server.keepAliveTimeout = 1;
  setTimeout(() => process.exit(1), LAST_ANSWERS_MS).unref();
  await new Promise((resolve) => server.close(resolve));
}
