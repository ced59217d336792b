import { Counter, Gauge } from "prom-client";
import { hashing } from "@/lib/auth/passwords/hash";
import { rotationCounts } from "@/lib/auth/rotate";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";
import { waitingClients } from "@/lib/sync/waiting";
import { RequestDurations } from "./durations";
import { registry } from "./registry";

/** What each part of the service knows of itself is read when somebody asks, so that it costs nothing meanwhile. */
export const readings = () =>
  processWide("metrics readings", () => {
    const register = registry();
    const registers = [register];
    new RequestDurations(register);
    new Gauge({
      name: "fourfold_database_connections",
      help: "Connections to the database, by what they are doing",
      labelNames: ["state"],
      registers,
      collect() {
        const { total, idle } = database().stats();
        this.set({ state: "idle" }, idle);
        this.set({ state: "busy" }, total - idle);
      },
    });
    gauge("fourfold_database_connections_max", "Connections that may be open", () => env.DATABASE_POOL_MAX);
    gauge(
      "fourfold_database_waiting",
      "Statements and transactions that wait for a connection",
      () => database().stats().waiting,
    );
    gauge("fourfold_password_hashes_running", "Passwords that are hashed", () => hashing().running);
    gauge("fourfold_password_hashes_waiting", "Passwords in the queue", () => hashing().waiting);
    gauge(
      "fourfold_sync_clients_waiting",
      "Sync requests that are held until something changes",
      waitingClients,
    );
    new Counter({
      name: "fourfold_session_rotations_total",
      help: "Uses of a refresh token or a session's cookie, by outcome; reuse is an alarm",
      labelNames: ["outcome"],
      registers,
      collect() {
        this.reset();
        for (const [outcome, count] of Object.entries(rotationCounts)) this.inc({ outcome }, count);
      },
    });
    return register;
  });

function gauge(name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry()],
    collect() {
      this.set(read());
    },
  });
}
