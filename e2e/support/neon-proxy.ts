import { once } from "node:events";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { type Duplex, pipeline } from "node:stream";
import pg from "pg";
import { createWebSocketStream, WebSocketServer } from "ws";

export type NeonProxy = {
  /** For NEON_WS_PROXY. */
  address: string;
  connections(): number;
  close(): Promise<void>;
};

type Target = { host: string; port: number };

/**
 * Neon's WebSocket protocol in front of one ordinary PostgreSQL: binary frames that carry its byte stream. As at
 * Neon, the client signs in to the proxy with a password in clear text, and a pooler refuses most settings.
 */
export async function startNeonProxy(target: Target): Promise<NeonProxy> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    const inside = createWebSocketStream(socket);
    inside.on("error", () => socket.terminate());
    serve(inside, target).catch(() => socket.terminate());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    address: `127.0.0.1:${address.port}/v1`,
    connections: () => sockets.clients.size,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

const SUPPORTED = ["user", "database", "application_name", "client_encoding"];

const ASK_FOR_PASSWORD = message("R", Buffer.from([0, 0, 0, 3]));
const WELCOME = Buffer.concat([message("R", Buffer.alloc(4)), message("Z", Buffer.from("I"))]);

async function serve(inside: Duplex, target: Target): Promise<void> {
  const [startup] = await once(inside, "data");
  const settings = readSettings(startup);
  const unsupported = [...settings.keys()].find((name) => !SUPPORTED.includes(name));
  if (unsupported !== undefined)
    return refuse(inside, "08P01", `unsupported startup parameter: ${unsupported}`);
  inside.write(ASK_FOR_PASSWORD);
  const [answer] = await once(inside, "data");
  const outside = new Socket();
  inside.once("close", () => outside.destroy());
  const client = new pg.Client({
    ...target,
    user: settings.get("user"),
    database: settings.get("database"),
    application_name: settings.get("application_name"),
    password: answer.toString("utf8", 5, answer.length - 1),
    stream: () => outside,
  });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return refuse(inside, error.code ?? "XX000", error.message);
  }
  outside.removeAllListeners("data");
  inside.write(WELCOME);
  pipeline(inside, outside, inside, () => inside.destroy());
}

function refuse(inside: Duplex, code: string, text: string): void {
  inside.end(message("E", Buffer.from(`SFATAL\0C${code}\0M${text}\0\0`)));
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** The first message of a session: its length, the protocol's version, then names and values in turn. */
function readSettings(startup: Buffer): Map<string, string> {
  const words = startup.toString("utf8", 8).split("\0");
  const settings = new Map<string, string>();
  for (let index = 0; words[index]; index += 2) settings.set(words[index] ?? "", words[index + 1] ?? "");
  return settings;
}
