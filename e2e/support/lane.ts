import { type ConnectOptions, connect, type Database } from "@/lib/db/client";
import { isUnavailable } from "@/lib/db/failures";
import { startNeonProxy } from "./neon-proxy";
import { openWire, type Wire } from "./wire";

export type Lane = {
  wire: Wire;
  connect(overrides?: Partial<ConnectOptions>): Database;
  close(): Promise<void>;
};

/** Where the faults are: before the database, or before Neon's proxy. */
export const LANES = [
  { name: "pg", driver: "pg", isProxyFaulty: false },
  { name: "neon", driver: "neon", isProxyFaulty: false },
  { name: "neon, before the proxy", driver: "neon", isProxyFaulty: true },
] as const;

type Kind = (typeof LANES)[number];

/** A way to a database through a faulty wire, for one driver, with the timeouts that are the default. */
export async function openLane(url: string, kind: Kind, { isOpen = true } = {}): Promise<Lane> {
  const { hostname: host, port } = new URL(url);
  const server = { host, port: Number(port) };
  const proxy = kind.isProxyFaulty ? await startNeonProxy(server) : undefined;
  const wire = await openWire(proxy ? portOf(proxy.address) : server, { isOpen });
  const behind =
    kind.driver === "neon" && !proxy ? await startNeonProxy(portOf(`127.0.0.1:${wire.port}`)) : undefined;
  const wired = new URL(url);
  wired.port = String(wire.port);
  const opened: Database[] = [];
  return {
    wire,
    connect: (overrides) => {
      const database = connect({
        url: wired.toString(),
        driver: kind.driver,
        poolMax: 2,
        connectTimeoutMs: 2_000,
        statementTimeoutMs: 2_500,
        neonProxy: behind?.address ?? `127.0.0.1:${wire.port}/v1`,
        ...overrides,
      });
      opened.push(database);
      return database;
    },
    close: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await wire.shut();
      await proxy?.close();
      await behind?.close();
    },
  };
}

function portOf(address: string) {
  const { hostname, port } = new URL(`http://${address}`);
  return { host: hostname, port: Number(port) };
}

/** How it failed, and after how long. */
export async function failureOf(work: Promise<unknown>) {
  const startedAt = performance.now();
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, isUnavailable: isUnavailable(error), ms: performance.now() - startedAt };
}
