import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { pipeline } from "node:stream";
import { hear } from "../processes/told";

/** How long a request waits for pages that are about to be there. */
const PATIENCE_MS = 10_000;

/** They are about one connection, and there are two. */
const OF_A_CONNECTION = ["connection", "keep-alive", "proxy-connection", "te", "upgrade", "expect"];

const agent = new Agent({ keepAlive: true });

type Pages = { port?: number; waiting: Set<() => void> };

/** Hands requests to Next, wherever it listens by now. */
export function createPassOn(): (message: IncomingMessage, response: ServerResponse) => Promise<void> {
  const pages: Pages = { waiting: new Set() };
  hear("fourfold:pages", ({ port }) => {
    pages.port = port;
    for (const begin of pages.waiting) begin();
  });
  return async (message, response) => {
    const port = pages.port ?? (await portOf(pages));
    if (port === undefined) return refuse(response);
    pass(message, response, port);
  };
}

function portOf(pages: Pages): Promise<number | undefined> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      pages.waiting.delete(done);
      resolve(pages.port);
    };
    const timer = setTimeout(done, PATIENCE_MS);
    pages.waiting.add(done);
  });
}

function pass(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url: path, socket } = message;
  const headers = without(message.headers, OF_A_CONNECTION);
  headers["x-forwarded-for"] ??= socket.remoteAddress;
  const asked = request({ host: "127.0.0.1", port, method, path, headers, agent });
  asked.on("response", (answer) => {
    response.writeHead(
      answer.statusCode ?? 502,
      without(answer.headers, [...OF_A_CONNECTION, "transfer-encoding"]),
    );
    pipeline(answer, response, () => {});
  });
  asked.on("error", () => refuse(response));
  response.on("close", () => asked.destroy());
  message.pipe(asked);
}

function without(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  const rest = { ...headers };
  for (const name of names) delete rest[name];
  return rest;
}

function refuse(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else
    response
      .writeHead(503, {
        "retry-after": "2",
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
      })
      .end("The page cannot be made right now: try again in a moment.\n");
}
