import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGzip, gzip as gzipInBackground } from "node:zlib";
import type { Answer } from "@/lib/http/answer";

const gzip = promisify(gzipInBackground);

/** Less than this fits into the packet that is sent anyway. */
const WORTH_COMPRESSING_BYTES = 1_024;

/** Most of the gain for little of the time. */
const FAST = { level: 1 };

export async function send(
  { method, headers: { "accept-encoding": accepted } }: Pick<IncomingMessage, "method" | "headers">,
  response: ServerResponse,
  { status, headers, body }: Answer,
): Promise<void> {
  if (body === null) {
    response.writeHead(status, headers).end();
    return;
  }
  const isText = typeof body === "string";
  const isLong = !isText || Number(headers["content-length"]) >= WORTH_COMPRESSING_BYTES;
  if (isLong) headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : "Accept-Encoding";
  const isCompressed = isLong && acceptsGzip(accepted);
  if (isCompressed) headers["content-encoding"] = "gzip";
  if (isText) {
    const bytes = isCompressed ? await gzip(body, FAST) : body;
    if (typeof bytes !== "string") headers["content-length"] = String(bytes.byteLength);
    response.writeHead(status, headers).end(bytes);
    return;
  }
  response.writeHead(status, headers);
  if (method === "HEAD") {
    await body[Symbol.asyncIterator]().return?.();
    response.end();
    return;
  }
  const pieces = Readable.from(body, { objectMode: false });
  await (isCompressed ? pipeline(pieces, createGzip(FAST), response) : pipeline(pieces, response));
}

function acceptsGzip(accepted: string | string[] | undefined): boolean {
  const gzip = String(accepted ?? "")
    .split(",")
    .find((coding) => /^\s*(gzip|\*)\s*(;|$)/i.test(coding));
  return gzip !== undefined && !/;\s*q=0(\.0*)?\s*$/i.test(gzip);
}
