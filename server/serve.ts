import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { peerSecret } from "@/lib/client-address";
import { database } from "@/lib/db/client";
import { beginDraining, isDraining } from "@/lib/draining";
import { env } from "@/lib/env";
import { PEER_HEADER } from "@/lib/http/trusted-address";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { wakeEverybody } from "@/lib/sync/waiting";
import { flushTraces, startTracing } from "@/lib/tracing/start";
import { dispatch } from "./direct/dispatch";
import { createPassOn } from "./pages/pass-on";
import { onEnd } from "./processes/ending";
import { shareMetrics } from "./processes/metrics";
import { shareRevocations } from "./processes/revocations";

const TIMEOUTS = {
  /** Longer than the minute after which balancers drop an idle connection: whoever drops first must not be us. */
  keepAliveTimeout: 75_000,
  /** Who sends more slowly than this is nobody's client. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

const LAST_ANSWERS_MS = 10_000;

/** Serves until it is told to end: the API itself, and everything else through the process of the pages. */
export async function serve(): Promise<void> {
  await startTracing();
  shareMetrics();
  shareRevocations();
  const passOn = createPassOn();
  const server = createServer(TIMEOUTS, (request, response) => {
    // Overwrites what the client says about itself.
    request.headers[PEER_HEADER] = `${peerSecret} ${request.socket.remoteAddress ?? ""}`;
    if (isDraining()) response.setHeader("connection", "close");
    response.once("finish", () => discardRest(request));
    if (dispatch(request, response)) return;
    void passOn(request, response);
  });
  onEnd(async (why) => {
    await end(server, why);
    await flushTraces();
  });
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

/**
 * Says that it is about to end for as long as the balancer needs to hear it, unless another process has taken its place;
 * then answers what it has been asked, and nothing new.
 */
async function end(server: Server, { isReplaced }: { isReplaced: boolean }): Promise<void> {
  beginDraining({ isReplaced });
  wakeEverybody();
  if (!isReplaced) await sleep(env.DRAIN_SECONDS * 1000);
  // A connection that is kept for a next request is closed as soon as there is none.
  server.keepAliveTimeout = 1;
  setTimeout(() => process.exit(1), LAST_ANSWERS_MS).unref();
  await new Promise((resolve) => server.close(resolve));
}
