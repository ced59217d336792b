import { connect, createServer, type Socket } from "node:net";

export type Wire = Awaited<ReturnType<typeof openWire>>;

/** A TCP connection's middle, where things go wrong. It listens at once unless it is to be opened later. */
export async function openWire(target: { host: string; port: number }, { isOpen = true } = {}) {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  let isHolding = false;
  let freezer: string | undefined;
  let trigger: string | undefined;
  let cutsLeft = 0;
  let sightings = 0;

  const server = createServer((inside) => {
    const outside = connect({ ...target, noDelay: true });
    let isCut = false;
    const close = () => {
      inside.destroy();
      outside.destroy();
    };
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        close();
      });
    }
    inside.on("data", (chunk) => {
      if (isFrozen) return;
      if (trigger !== undefined && chunk.includes(trigger)) {
        sightings += 1;
        isCut = cutsLeft > 0;
        cutsLeft -= 1;
      }
      outside.write(chunk);
    });
    outside.on("data", (chunk) => {
      if (isCut) close();
      else if (!isFrozen && !isHolding) inside.write(chunk);
      if (freezer !== undefined && chunk.includes(freezer)) isFrozen = true;
    });
  });

  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const shut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      drop();
    });

  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  if (!isOpen) await shut();
  return {
    port,
    /** Listens again, at the same port. */
    open: () => listen(port),
    /** Drops every connection and refuses new ones. */
    shut,
    /** Accepts connections and loses what is sent, in both directions; at once, or when the server has said this. */
    freeze: (after?: string) => {
      freezer = after;
      isFrozen = after === undefined;
    },
    /** Lets everything through to the server, and nothing of what it says back. */
    holdAnswers: () => {
      isHolding = true;
    },
    thaw: () => {
      freezer = undefined;
      isFrozen = false;
    },
    /** Lets statements that contain this text through and drops their connections when the server has answered. */
    cutAfter: (text: string, times = Number.POSITIVE_INFINITY) => {
      trigger = text;
      cutsLeft = times;
    },
    /** How often the text of `cutAfter` went by. */
    sightings: () => sightings,
  };
}
