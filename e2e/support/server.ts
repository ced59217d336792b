import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { migrate } from "@/lib/db/migrate";
import { readDatabaseEnv } from "@/scripts/launch/database-env";
import { FRONT, NEXT } from "@/scripts/launch/next";
import { startNeonProxy } from "./neon-proxy";

export type Driver = "pg" | "neon";

/** Who finds the handler of a request: our own server, as `npm start` runs it, or Next, as on Vercel. */
export type Dispatch = "direct" | "next";

export type Server = {
  url: string;
  databaseUrl: string;
  pid: number;
  log(): string;
  stop(): Promise<void>;
  /** As a crash would. */
  kill(): Promise<void>;
};

type Options = {
  databaseUrl: string;
  driver: Driver;
  dispatch?: Dispatch;
  environment?: Record<string, string>;
  port?: number;
  /** The migrations of the version that starts, when that is another one than this. */
  migrations?: string;
  /** Keeps no log: a measurement would pay for it. */
  isUnheard?: boolean;
};

/** A test that is about addresses or limits takes those that it needs. */
const DEFAULTS = {
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  HOST: "127.0.0.1",
  TRUSTED_PROXY_HOPS: "1",
  RATE_LIMIT_PER_MINUTE: "1000000",
} as const;

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (!address || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}

/** What `npm start` serves with, as a process of its own; for the Neon driver behind a proxy that speaks Neon's protocol. */
export async function startServer({
  databaseUrl,
  driver,
  dispatch = "direct",
  environment,
  isUnheard = false,
  ...options
}: Options): Promise<Server> {
  const { hostname, port: databasePort } = new URL(databaseUrl);
  const proxy =
    driver === "neon" ? await startNeonProxy({ host: hostname, port: Number(databasePort) }) : undefined;
  const { timeouts } = readDatabaseEnv({ ...process.env, ...environment });
  await migrate(databaseUrl, { timeouts, directory: options.migrations });
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const command = dispatch === "direct" ? FRONT : [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)];
  const child = spawn(process.execPath, command, {
    env: {
      ...process.env,
      ...DEFAULTS,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATABASE_DRIVER: driver,
      NEON_WS_PROXY: proxy?.address ?? "",
      ...environment,
    },
    stdio: ["ignore", isUnheard ? "ignore" : "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      log += chunk;
    });
  const ended = once(child, "exit");

  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
    await proxy?.close();
  };
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
    await proxy?.close();
  };

  const deadline = Date.now() + 30_000;
  while (!(await answers(`${url}/health`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The server did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, databaseUrl, pid: child.pid ?? 0, log: () => log, stop, kill };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
