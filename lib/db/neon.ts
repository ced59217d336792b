import { Client, Pool, type PoolConfig } from "@neondatabase/serverless";
import WebSocket, { type ClientOptions } from "ws";

/** Neon waits for the other side to close, which may never happen; the types do not know this option yet. */
const SOCKET: ClientOptions & { closeTimeout: number } = { rejectUnauthorized: true, closeTimeout: 1_000 };

/** Hands on the error itself, with its code, where the browser's interface has an event. */
class Socket extends WebSocket {
  constructor(url: string) {
    super(url, SOCKET);
  }

  override addEventListener: WebSocket["addEventListener"] = (type, listener, options) => {
    if (type === "error" && typeof listener === "function") this.on("error", listener);
    else super.addEventListener(type, listener, options);
  };
}

/** Neon's pool over WebSockets. `proxy` is a plain one on this machine, in front of an ordinary PostgreSQL. */
export function neonPool(config: PoolConfig, proxy?: string): Pool {
  const pool = new Pool(config);
  pool.Client = class extends Client {
    constructor(options?: PoolConfig) {
      super(options);
      this.neonConfig.webSocketConstructor = Socket;
      // Sending the password ahead makes a failure to connect look like a failed statement, which is never retried.
      this.neonConfig.pipelineConnect = false;
      if (proxy === undefined) return;
      this.neonConfig.wsProxy = proxy;
      this.neonConfig.useSecureWebSocket = false;
    }
  };
  return pool;
}
