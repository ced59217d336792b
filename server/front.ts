import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { PEER_HEADER, peerSecret } from "@/lib/http/trusted-address";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { describeError, log } from "@/lib/log";
import { drainWaiting } from "@/lib/sync/waiting";
import { flushTraces, startTracing } from "@/lib/tracing/start";
import { dispatch } from "./direct/dispatch";

/** Longer than the minute after which balancers drop an idle connection: whoever drops first must not be us. */
const KEEP_ALIVE_MS = 75_000;

process.title = "fourfold-server";

await startTracing();
const app = next({ dev: false, hostname: env.HOST, port: env.PORT });
await app.prepare();
const handle = app.getRequestHandler();
const secret = peerSecret();

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  namePeer(request);
  response.once("finish", () => discardRest(request));
  if (dispatch(request, response)) return;
  handle(request, response).catch((error: unknown) => fail(response, error));
});

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
server.listen(env.PORT, env.HOST);
await once(server, "listening");
keepHouse({ db: database().db });

/** Overwrites what the client says about itself. */
function namePeer({ headers, socket }: IncomingMessage): void {
  headers[PEER_HEADER] = `${secret} ${socket.remoteAddress ?? ""}`;
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

/** Answers what it has been asked, and nothing new; signals may come several times. */
function stop(): void {
  if (!server.listening) return;
  server.keepAliveTimeout = 1;
  drainWaiting();
  server.close(async () => {
    await app.close();
    await flushTraces();
    process.exit(0);
  });
}
