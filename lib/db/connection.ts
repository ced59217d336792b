import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { isLoopback } from "@/lib/env-variables";

export type Driver = "pg" | "neon";

export type ConnectionConfig = {
  host: string;
  port: number;
  user?: string;
  password?: string;
  database: string;
  options?: string;
  application_name: string;
  ssl: false | ConnectionOptions;
};

/**
 * What a driver needs to know of a postgresql:// URL. Other parameters are left out on purpose: drivers send some
 * of them when a session starts, which Neon's pooler refuses, and read `sslmode` in ways that skip verification.
 */
export function connectionConfig(url: string, applicationName = "fourfold"): ConnectionConfig {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const host = searchParams.get("host") ?? decodeURIComponent(hostname).replace(/^\[(.*)\]$/, "$1");
  return {
    host: host || "localhost",
    port: Number(searchParams.get("port") ?? (port || 5432)),
    user: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    database: decodeURIComponent(pathname.slice(1)),
    options: searchParams.get("options") ?? undefined,
    application_name: searchParams.get("application_name") ?? applicationName,
    ssl: tls(host || "localhost", searchParams),
  };
}

export function driverFor(choice: "auto" | Driver, host: string): Driver {
  if (choice !== "auto") return choice;
  return host.endsWith(".neon.tech") ? "neon" : "pg";
}

/** Verified for every host that is not this machine; `sslmode=disable` is the one way out, for private networks. */
function tls(host: string, parameters: URLSearchParams): false | ConnectionOptions {
  const isLocal = host.startsWith("/") || isLoopback(host);
  if (isLocal || parameters.get("sslmode") === "disable") return false;
  const file = (name: string) => {
    const path = parameters.get(name);
    return path === null ? undefined : readFileSync(path, "utf8");
  };
  const files = { ca: file("sslrootcert"), cert: file("sslcert"), key: file("sslkey") };
  return {
    rejectUnauthorized: true,
    ...Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined)),
  };
}
