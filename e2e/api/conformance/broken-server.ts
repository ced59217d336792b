import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export type Asked = { method: string; url: URL; headers: Headers; body: Uint8Array<ArrayBuffer> };

export type Told = { status: number; headers: Headers; body: Uint8Array<ArrayBuffer> };

export type Pass = (asked: Asked) => Promise<Told>;

/** What becomes of a request on its way, and of its answer on the way back. */
export type Breaking = (asked: Asked, pass: Pass) => Promise<Told>;

const HOP_BY_HOP = ["connection", "content-length", "transfer-encoding", "keep-alive", "host"];

/** A server that answers as the one behind it does, but for what is broken. To the one behind it is a client of its own. */
export async function openBrokenServer(target: string, breaking: Breaking) {
  const address = `198.51.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`;
  const pass: Pass = (asked) => forward(target, address, asked);
  const server = createServer(async (request, response) => {
    const told = await breaking(await read(request), pass).catch(unreachable);
    response.writeHead(told.status, Object.fromEntries(told.headers));
    response.end(told.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (!HOP_BY_HOP.includes(name)) headers.set(name, String(value));
  const body = new Uint8Array(await buffer(request));
  return { method: request.method ?? "GET", url: new URL(request.url ?? "/", "http://asked"), headers, body };
}

async function forward(
  target: string,
  address: string,
  { method, url, headers, body }: Asked,
): Promise<Told> {
  const sent = new Headers(headers);
  sent.set("accept-encoding", "identity");
  sent.set("x-forwarded-for", address);
  const isBodiless = method === "GET" || method === "HEAD" || body.length === 0;
  const response = await fetch(target + url.pathname + url.search, {
    method,
    redirect: "manual",
    headers: sent,
    body: isBodiless ? null : body,
  });
  const kept = [...response.headers].filter(([name]) => !HOP_BY_HOP.includes(name));
  return {
    status: response.status,
    headers: new Headers(kept),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

const unreachable = (error: Error): Told => ({
  status: 502,
  headers: new Headers(),
  body: new TextEncoder().encode(error.message),
});
