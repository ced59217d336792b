import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream";

const LENGTH_BYTES = 4;

/** Execute and Query: every statement that runs is the one or the other. */
const RUNS = [..."EQ"].map((letter) => letter.charCodeAt(0));

/** In front of a PostgreSQL: counts the statements that clients send. */
export async function openStatementCounter(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let statements = 0;
  const server = createServer((inside) => {
    const outside = connect({ ...target, noDelay: true });
    sockets.add(inside);
    const count = countStatements();
    inside.on("data", (chunk) => {
      statements += count(chunk);
    });
    pipeline(inside, outside, inside, () => inside.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    statements: () => statements,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Told what a client sends on one connection, in any pieces; says how many statements each piece completes. */
function countStatements(): (chunk: Buffer) => number {
  let rest: Buffer = Buffer.alloc(0);
  // The first message of a session has a length and no type.
  let typeBytes = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    let found = 0;
    while (rest.length >= typeBytes + LENGTH_BYTES) {
      const sizeBytes = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < sizeBytes) break;
      if (typeBytes > 0 && RUNS.includes(rest.readUInt8(0))) found += 1;
      rest = rest.subarray(sizeBytes);
      typeBytes = 1;
    }
    return found;
  };
}
