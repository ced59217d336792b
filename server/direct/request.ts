import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Incoming } from "@/lib/http/answer";

/** What the pipeline reads of a request, out of what Node has parsed already. */
export class DirectRequest implements Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: Pick<Headers, "get">;
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  #leaving: AbortController | undefined;

  constructor(message: IncomingMessage, response: ServerResponse) {
    this.method = message.method ?? "GET";
    this.url = message.url ?? "/";
    this.headers = new DirectHeaders(message.headers);
    this.#message = message;
    this.#response = response;
  }

  get body(): AsyncIterable<Uint8Array> | null {
    const { headers } = this.#message;
    const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"]) > 0;
    return hasBody && this.method !== "GET" && this.method !== "HEAD" ? this.#message : null;
  }

  /** Aborted when the client leaves before it has its answer. */
  get signal(): AbortSignal {
    this.#leaving ??= watch(this.#response);
    return this.#leaving.signal;
  }
}

class DirectHeaders implements Pick<Headers, "get"> {
  readonly #headers: IncomingHttpHeaders;

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name] ?? this.#headers[name.toLowerCase()] ?? null;
    return Array.isArray(value) ? value.join(", ") : value;
  }
}

function watch(response: ServerResponse): AbortController {
  const controller = new AbortController();
  const leave = () => {
    if (!response.writableFinished) controller.abort();
  };
  if (response.closed) leave();
  else response.once("close", leave);
  return controller;
}
