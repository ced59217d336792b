import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedServer, openEmbedded } from "@/lib/db/embedded";

/** A PostgreSQL of its own that can be killed and comes back at the same address, with what was committed. */
export async function openMortalDatabase() {
  const dataFolder = await mkdtemp(join(tmpdir(), "fourfold-mortal-"));
  await chmod(dataFolder, 0o711);
  let server: EmbeddedServer = await openEmbedded({ dataFolder });
  const sockets = new Set<Socket>();
  const door = createServer((inside) => {
    const outside = connect({ host: "127.0.0.1", port: Number(new URL(server.url).port), noDelay: true });
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        inside.destroy();
        outside.destroy();
      });
    }
    inside.pipe(outside).pipe(inside);
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  const url = new URL(server.url);
  url.port = String(typeof address === "object" && address ? address.port : 0);

  return {
    url: url.toString(),
    /** As a crash would, and a supervisor that starts it again. */
    killAndRestart: async () => {
      process.kill(server.pid, "SIGKILL");
      await server.ended;
      server = await openEmbedded({ dataFolder });
    },
    close: async () => {
      door.close();
      for (const socket of sockets) socket.destroy();
      await server.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
