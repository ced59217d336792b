import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { isLoopback } from "@/lib/env-variables";

const POLL_MS = 50;
const ANSWER_MS = 5_000;

/** Where this machine reaches a server that listens on `host`. */
export function localUrl(host: string, port: number): string {
  if (isLoopback(host) || host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

export async function untilAnswering(host: string, port: number, signal: AbortSignal): Promise<void> {
  const hostname = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  while (!(await isAnswering(hostname, port))) {
    signal.throwIfAborted();
    await sleep(POLL_MS);
  }
}

function isAnswering(hostname: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ hostname, port, path: "/health", timeout: ANSWER_MS, agent: false }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
