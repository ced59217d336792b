import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type Message = { method: string; path: string; token?: string; body?: unknown };

export type Reply = { status: number; body: string };

/** Longer than anybody is let wait: what is never answered must not keep a measurement from its end. */
const SILENCE_MS = 40_000;
const HEAD_END = Buffer.from("\r\n\r\n");
const NOTHING = Buffer.alloc(0);
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/** What arrives is read at once, so all share one: with a buffer for each, clearing them away would be felt by the server. */
const ARRIVING = Buffer.alloc(65_536);

/**
 * One connection that is kept, and one request on it at a time. It reads no more of an answer than its status, its length
 * and its body: what makes the load shares the processor with what is measured.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #received: Buffer = NOTHING;
  #settle: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;

  private constructor(url: URL, localAddress: string | undefined) {
    const callback = (length: number) => {
      this.#receive(ARRIVING.subarray(0, length));
      return true;
    };
    const socket = connect({
      host: url.hostname,
      port: Number(url.port),
      ...(localAddress && { localAddress }),
      onread: { buffer: ARRIVING, callback },
    });
    this.#socket = socket;
    this.#host = url.host;
    socket.setNoDelay(true);
    socket.on("timeout", () => socket.destroy());
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("The connection was closed.")));
  }

  static async open(url: string, localAddress?: string): Promise<Connection> {
    const connection = new Connection(new URL(url), localAddress);
    await once(connection.#socket, "connect");
    return connection;
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
    const received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const reply = read(received);
    this.#received = reply ? NOTHING : Buffer.from(received);
    if (!reply) return;
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
    return { status, body: bytes.toString("utf8", start, start + Number(length)) };
  }
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { status, body: "" };
  if (!bytes.subarray(start - 2).includes(LAST_CHUNK)) return undefined;
  return { status, body: dechunk(bytes.toString("utf8", start)) };
}

function dechunk(text: string): string {
  return text.replace(/(?:^|\r\n)[0-9a-f]+\r\n/gi, "").replace(/\r\n$/, "");
}
