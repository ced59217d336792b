import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type Message = { method: string; path: string; token?: string; body?: unknown };

/** The body is made a text only for who reads it. */
export type Reply = { status: number; readonly body: string };

/** Longer than anybody is let wait: what is never answered must not keep a measurement from its end. */
const SILENCE_MS = 40_000;
const HEAD_END = Buffer.from("\r\n\r\n");
const NOTHING = Buffer.alloc(0);
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/**
 * One connection that is kept, and one request on it at a time. It reads no more of an answer than its status, its length
 * and its body: what makes the load shares the processor with what is measured.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #received: Buffer = NOTHING;
  #settle: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setNoDelay(true);
    socket.on("timeout", () => socket.destroy());
    socket.on("data", (bytes) => this.#receive(bytes));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("The connection was closed.")));
  }

  static async open(url: string, localAddress?: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), ...(localAddress && { localAddress }) });
    await once(socket, "connect");
    return new Connection(socket, host);
  }

  send({ method, path, token, body }: Message): Promise<Reply> {
    const text = body === undefined ? "" : JSON.stringify(body);
    const lines = [`${method} ${path} HTTP/1.1`, `Host: ${this.#host}`];
    if (token) lines.push(`Authorization: Bearer ${token}`);
    if (text) lines.push("Content-Type: application/json", `Content-Length: ${Buffer.byteLength(text)}`);
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) reject(new Error("The connection was closed."));
      this.#settle = { resolve, reject };
      this.#socket.setTimeout(SILENCE_MS);
      this.#socket.write(`${lines.join("\r\n")}\r\n\r\n${text}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const reply = read(this.#received);
    if (!reply) return;
    this.#received = NOTHING;
    const settle = this.#settle;
    this.#settle = undefined;
    this.#socket.setTimeout(0);
    settle?.resolve(reply);
  }

  #fail(error: Error): void {
    this.#settle?.reject(error);
    this.#settle = undefined;
  }
}

/** The whole answer, once it is all there. */
function read(bytes: Buffer): Reply | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = bytes.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + HEAD_END.length;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    if (bytes.length < start + Number(length)) return undefined;
    return replyOf(status, () => bytes.toString("utf8", start, start + Number(length)));
  }
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { status, body: "" };
  if (!bytes.subarray(start - 2).includes(LAST_CHUNK)) return undefined;
  return replyOf(status, () => dechunk(bytes.toString("utf8", start)));
}

const replyOf = (status: number, read: () => string): Reply => ({
  status,
  get body() {
    return read();
  },
});

function dechunk(text: string): string {
  return text.replace(/(?:^|\r\n)[0-9a-f]+\r\n/gi, "").replace(/\r\n$/, "");
}
