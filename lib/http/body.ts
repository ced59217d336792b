import { AppError } from "@/lib/errors";
import type { Incoming } from "@/lib/http/answer";

export const BODY_LIMIT_BYTES = 1024 * 1024;

/** The client hung up before its body was complete: nobody is left to read an answer. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
}

const EMPTY = new Uint8Array();

const JSON_TYPE = /^application\/(json|merge-patch\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i;

export function requireJsonType({ headers }: Incoming): void {
  if (!JSON_TYPE.test(headers.get("content-type") ?? ""))
    throw new AppError("unsupported_media_type", "The body must be sent as application/json in UTF-8.");
}

/** Reads up to the limit. What is over it stays unread: to cancel the stream would cut the connection before the answer. */
export async function readBody(request: Incoming, limitBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > limitBytes) throw tooLarge(limitBytes);
  if (!request.body) return EMPTY;
  const reader = request.body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.next().catch(clientGone);
    if (done) return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, sizeBytes);
    sizeBytes += value.byteLength;
    if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
    chunks.push(value);
  }
}

const tooLarge = (limitBytes: number) =>
  new AppError("too_large", `The body is larger than ${limitBytes} bytes.`);

function clientGone(cause: unknown): never {
  throw new ClientGoneError("The body ended early.", { cause });
}
