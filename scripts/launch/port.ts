import { spawnSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { CannotStart } from "@/lib/db/embedded/cannot-start";
import { isAlive } from "@/lib/db/embedded/postmaster";
import { ENV_VARIABLES, isLoopback } from "@/lib/env-variables";

export type Port = {
  /** Stops answering, so that the server can listen. */
  free(): Promise<void>;
  /** The end: forgets as well that this folder has a server on the port. */
  release(): Promise<void>;
};

/**
 * Holds the port while everything else gets ready: a second start learns at once that it is taken. "localhost" is two
 * addresses, and a browser may prefer the one that we do not listen on, so nobody else may have that either.
 */
export async function reservePort(dataFolder: string): Promise<Port> {
  const host = setting("HOST");
  const port = Number(setting("PORT"));
  const servers: Server[] = [];
  const free = async () => {
    for (const server of servers.splice(0)) await close(server);
  };
  const isForTheCheckToRefuse = !Number.isInteger(port) || port < 1 || port > 65_535;
  if (isForTheCheckToRefuse) return { free, release: free };
  const note = join(dataFolder, `port-${port}`);
  const running = await readNote(note);
  if (running) throw alreadyRunning(port, running);
  for (const address of isLoopback(host) ? ["127.0.0.1", "::1"] : [host]) {
    const { server, code } = await listen(address, port);
    if (server) servers.push(server);
    const isMissingHere = address === "::1" && code !== "EADDRINUSE";
    if (server || isMissingHere) continue;
    await free();
    throw refusal(code, host, port);
  }
  await writeFile(note, `${process.pid}\n`, { mode: 0o600 });
  return { free, release: () => free().then(() => rm(note, { force: true })) };
}

/** The port is tried before the environment is checked, which needs the database's address. */
function setting(name: "HOST" | "PORT"): string {
  return process.env[name] || (ENV_VARIABLES.find((variable) => variable.name === name)?.default ?? "");
}

function listen(host: string, port: number): Promise<{ server?: Server; code?: string | undefined }> {
  return new Promise((resolve) => {
    const server = createServer((_, response) =>
      response.writeHead(503, { "retry-after": "2", connection: "close" }).end("Fourfold is starting.\n"),
    );
    server.on("error", (error: NodeJS.ErrnoException) => resolve({ code: error.code }));
    server.listen({ host, port }, () => resolve({ server }));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The start that this folder has on the port. After a `kill -9` the number may be another program's by now. */
async function readNote(note: string): Promise<number | undefined> {
  const pid = Number(await readFile(note, "utf8").catch(() => ""));
  if (!pid || !isAlive(pid)) return undefined;
  const command =
    process.platform === "linux"
      ? await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")
      : spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  return command.includes("scripts/run.mjs") ? pid : undefined;
}

const alreadyRunning = (port: number, pid: number) =>
  new CannotStart(
    `Fourfold of this folder is already running on port ${port} (process ${pid}): stop that, or choose another port with PORT.`,
  );

function refusal(code = "", host: string, port: number): CannotStart {
  if (code === "EADDRINUSE")
    return new CannotStart(
      `Port ${port} is taken by another program: stop that, or choose another port with PORT.`,
    );
  return new CannotStart(`HOST=${host} PORT=${port} cannot be listened on (${code}): choose others.`);
}
