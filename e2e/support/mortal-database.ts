import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedServer, openEmbedded } from "@/lib/db/embedded";
import { query } from "./database";

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

  /** As a crash would. */
  const kill = async () => {
    process.kill(server.pid, "SIGKILL");
    await server.ended;
  };
  /** As a supervisor would. */
  const restart = async () => {
    server = await openEmbedded({ dataFolder });
  };

  return {
    url: url.toString(),
    kill,
    restart,
    killAndRestart: async () => {
      await kill();
      await restart();
    },
    /** No file may grow beyond this any more, as on a full disk; on Linux only. */
    limitFiles: (bytes: number | "unlimited") => limitFiles(server, bytes),
    close: async () => {
      door.close();
      for (const socket of sockets) socket.destroy();
      await server.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function limitFiles(server: EmbeddedServer, bytes: number | "unlimited"): Promise<void> {
  const sessions = await query<{ pid: number }>(
    server.url,
    "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  // By its own user: even root may need a capability for the processes of others.
  const { uid, gid } = statSync(`/proc/${server.pid}`);
  for (const { pid } of [server, ...sessions]) {
    const args = ["--pid", String(pid), `--fsize=${bytes}:`];
    const { status, stderr } = spawnSync("prlimit", args, { uid, gid });
    if (status !== 0) throw new Error(`The size of files cannot be limited here: ${stderr}`);
  }
}
