import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

type Target = { host: string; port: number };

/** A TCP connection's middle, where things go wrong. */
export class Wire {
  port = 0;
  /** How often the text of `cutAfter` went by. */
  sightings = 0;
  #isFrozen = false;
  #isHolding = false;
  #freezer: string | undefined;
  #trigger: string | undefined;
  #cutsLeft = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((inside) => this.#join(inside));
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Listens; again, at the same port. */
  async open(): Promise<void> {
    this.#server.listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (typeof address === "object" && address) this.port = address.port;
  }

  /** Drops every connection and refuses new ones. */
  async shut(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }

  /** Accepts connections and loses what is sent, in both directions; at once, or when the server has said this. */
  freeze(after?: string): void {
    this.#freezer = after;
    this.#isFrozen = after === undefined;
  }

  /** Lets everything through to the server, and nothing of what it says back. */
  holdAnswers(): void {
    this.#isHolding = true;
  }

  thaw(): void {
    this.#freezer = undefined;
    this.#isFrozen = false;
    this.#isHolding = false;
  }

  /** Lets statements that contain this text through and drops their connections when the server has answered. */
  cutAfter(text: string, times = Number.POSITIVE_INFINITY): void {
    this.#trigger = text;
    this.#cutsLeft = times;
  }

  #join(inside: Socket): void {
    const outside = connect({ ...this.#target, noDelay: true });
    let isCut = false;
    this.#watch(inside, outside);
    this.#watch(outside, inside);
    inside.on("data", (chunk) => {
      if (this.#isFrozen) return;
      if (this.#trigger !== undefined && chunk.includes(this.#trigger)) {
        this.sightings += 1;
        isCut = this.#cutsLeft > 0;
        this.#cutsLeft -= 1;
      }
      outside.write(chunk);
    });
    outside.on("data", (chunk) => {
      if (isCut) outside.destroy();
      else if (!this.#isFrozen && !this.#isHolding) inside.write(chunk);
      if (this.#freezer !== undefined && chunk.includes(this.#freezer)) this.#isFrozen = true;
    });
  }

  #watch(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }
}

/** Open at once, unless it is to be opened later. */
export async function openWire(target: Target, { isOpen = true } = {}): Promise<Wire> {
  const wire = new Wire(target);
  await wire.open();
  if (!isOpen) await wire.shut();
  return wire;
}
